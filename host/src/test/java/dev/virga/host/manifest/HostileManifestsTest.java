package dev.virga.host.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileManifestsTest {

    private static final int MILLIS = 1000;
    private static final String WORKLOAD = """
            apiVersion: runtime.wasmcloud.dev/v1alpha1
            kind: Workload
            metadata: {name: a}
            spec: {components: [{name: a, image: a, localResources: {config: {k: %s}}}]}
            """;

    static List<Path> samples() {
        return Samples.files();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void whatIsBrokenAtRandomIsReadOrRefusedInTime(Path file) {
        String text = Samples.text(file);
        Random random = new Random(text.hashCode());
        int runs = Integer.getInteger("virga.fuzz.mutations", 100);
        for (int run = 0; run < runs; run++) {
            String broken = broken(text, random);
            long start = System.nanoTime();
            try {
                ManifestParser.parse("fuzz", broken);
            } catch (ManifestException e) {
                assertTrue(e.problems().size() <= 101);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(broken, e);
            }
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis < MILLIS, () -> millis + " ms for\n" + broken);
        }
    }

    private static String broken(String text, Random random) {
        StringBuilder broken = new StringBuilder(text);
        String odd = "[]{}:,-?&*!|>'\"%@`#\n\t ~<\u0000\ud800\ufeff\u2028" + "a0.";
        for (int changes = random.nextInt(1, 6); changes > 0 && broken.length() > 2; changes--) {
            int at = random.nextInt(broken.length() - 1);
            int end = Math.min(broken.length(), at + random.nextInt(1, 60));
            switch (random.nextInt(5)) {
                case 0 -> broken.delete(at, end);
                case 1 -> broken.insert(at, broken.substring(at, end).repeat(random.nextInt(1, 20)));
                case 2 -> broken.setCharAt(at, odd.charAt(random.nextInt(odd.length())));
                case 3 -> broken.insert(at, odd.charAt(random.nextInt(odd.length())));
                default -> {
                    int from = random.nextInt(broken.length());
                    broken.insert(at, broken.substring(from, Math.min(broken.length(), from + 40)));
                }
            }
        }
        return broken.toString();
    }

    @Test
    void aliasesThatMultiplyAreRefused() {
        String bomb = IntStream.range(1, 30)
                .mapToObj(i -> "a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1))
                .collect(Collectors.joining("", "a0: &a0 [x, x]\n", ""));
        refused(bomb, "15:6: more than 100000 values in a document, with those that aliases repeat");
    }

    @Test
    void deepNestingIsRefused() {
        refused("[".repeat(500_000), "1:51: nested more than 50 deep");
        refused("{a: ".repeat(100_000), "1:201: nested more than 50 deep");
        refused("- ".repeat(100_000), "1:101: nested more than 50 deep");
    }

    @Test
    void largeDocumentsAreRefused() {
        refused("a: " + "x".repeat(1 << 20), "1:1048580: the document has more than 1048576 characters before this");
        refused("a: \n" + "# x\n".repeat(1 << 18) + "  b", "262146:3: the document has more than 1048576 characters before this");
        refused("#".repeat((4 << 20) + 1), "1:1: the file has more than 4194304 characters; use several");
        refused("[" + "a,".repeat(200_000) + "]", "1:200000: more than 100000 values in a document, with those that aliases repeat");
    }

    @Test
    void severalDocumentsMayTogetherBeLargerThanOne() {
        String value = "x".repeat(1 << 19);
        String text = IntStream.range(0, 4)
                .mapToObj(i -> WORKLOAD.formatted(value).replace("{name: a}", "{name: a%d}".formatted(i)))
                .collect(Collectors.joining("---\n"));
        assertEquals(4, ManifestParser.parse("m", text).all().size());
    }

    @Test
    void manyDocumentsAreRefused() {
        refused("--- a\n".repeat(2000), 101, "1:5: expected a manifest, found the string \"a\"");
    }

    @Test
    void manyProblemsAreCounted() {
        String fields = IntStream.range(0, 5000).mapToObj(i -> "x" + i + ": 1").collect(Collectors.joining(", "));
        ManifestException wrong = assertThrows(
                ManifestException.class,
                () -> ManifestParser.parse("m", WORKLOAD.formatted("v").replace("{name: a}", "{name: a, " + fields + "}")));
        assertEquals(101, wrong.problems().size());
        assertEquals("and 4900 problems more", wrong.problems().getLast().text());
    }

    @Test
    void longTextsAreNeitherMatchedNorQuotedWhole() {
        String longName = "a-".repeat(200_000);
        refused(
                WORKLOAD.formatted("v").replace("image: a", "image: " + longName).replace("metadata: {name: a}", "metadata: {name: " + "a.".repeat(100_000) + "}"),
                2,
                "3:18: metadata.name: \"" + "a.".repeat(60) + "…\" is not a name of at most 253 lower-case letters, digits,"
                        + " hyphens and dots, with a letter or digit at both ends of each part; for example my-app.v1");
    }

    private static void refused(String text, String first) {
        refused(text, 1, first);
    }

    private static void refused(String text, int problems, String first) {
        ManifestException wrong =
                assertThrows(ManifestException.class, () -> ManifestParser.parse("m", text));
        assertEquals(problems, wrong.problems().size());
        assertEquals("m:" + first, wrong.problems().getFirst().toString());
    }
}
