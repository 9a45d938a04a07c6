package dev.virga.host.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileManifestsTest {

    private static final int MILLIS = 1000;
    /** Other processes must not make a text slow. */
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final Duration HANGS = Duration.ofSeconds(20);
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
            long start = THREADS.getCurrentThreadCpuTime();
            try {
                ManifestParser.parse("fuzz", broken);
            } catch (ManifestException e) {
                assertTrue(e.problems().size() <= 101);
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError(broken, e);
            }
            long millis = (THREADS.getCurrentThreadCpuTime() - start) / 1_000_000;
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
        refused(
                "a: \n" + "# x\n".repeat(1 << 18) + "  b",
                "262146:3: the document has more than 1048576 characters before this");
        refused("#".repeat((4 << 20) + 1), "1:1: the file has more than 4194304 characters; use several");
        refused(
                "[" + "a,".repeat(200_000) + "]",
                "1:200000: more than 100000 values in a document, with those that aliases repeat");
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
        String text = WORKLOAD.formatted("v").replace("{name: a}", "{name: a, " + fields + "}");
        ManifestException wrong = assertThrows(ManifestException.class, () -> ManifestParser.parse("m", text));
        assertEquals(101, wrong.problems().size());
        assertEquals("and 4900 problems more", wrong.problems().getLast().text());
    }

    @Test
    void longTextsAreNeitherMatchedNorQuotedWhole() {
        String text = WORKLOAD.formatted("v")
                .replace("image: a", "image: " + "a-".repeat(200_000))
                .replace("metadata: {name: a}", "metadata: {name: " + "a.".repeat(100_000) + "}");
        refused(text, 2, "3:18: metadata.name: \"" + "a.".repeat(60) + "…\" is not a name of at most 253 lower-case"
                + " letters, digits, hyphens and dots, with a letter or digit at both ends of each part; for example"
                + " my-app.v1");
    }

    @Test
    void longKeysDoNotMultiplyInPaths() {
        String many = IntStream.range(0, 50).mapToObj(i -> "{x: 1}").collect(Collectors.joining(", "));
        String text = WORKLOAD.formatted("v") + "virga: {components: {? " + "k".repeat(500_000) + " : {limits: ["
                + many + "]}}}";
        refused(text, 2, "5:24: virga.components[\"" + "k".repeat(120) + "…\"]: the key \"" + "k".repeat(120)
                + "…\" is not a name of at most 63 lower-case letters, digits and hyphens, with a letter or digit at"
                + " both ends; for example my-app");
    }

    /** What is near is looked for as long as it is told. */
    @Test
    void manyMisspeltNamesAreRefusedInTime() {
        String near = "a".repeat(58);
        String fields = IntStream.range(0, 12_000)
                .mapToObj(i -> near + "%05d: 1".formatted(i))
                .collect(Collectors.joining(", "));
        refused("apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n" + fields.replace(", ", "\n"), 101, "4:1: " + near
                + "00000: unknown field; known here: metadata, type, data, stringData, immutable");
        String components = IntStream.range(0, 1000)
                .mapToObj(i -> "{name: %s%05d, image: a}".formatted(near, i))
                .collect(Collectors.joining(", "));
        String routes = IntStream.range(0, 1000)
                .mapToObj(i -> "{path: /%d, component: b%s%d}".formatted(i, near, i))
                .collect(Collectors.joining(", "));
        refused(
                "apiVersion: runtime.wasmcloud.dev/v1alpha1\nkind: Workload\nmetadata: {name: a}\nspec: {components: ["
                        + components + "]}\nvirga: {ingress: {routes: [" + routes + "]}}",
                101,
                "5:50: virga.ingress.routes[0].component: no component has the name \"b" + near + "0\"");
    }

    @Test
    void longBlanksInBase64AreRefusedInTime() {
        refused(
                "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: {a: \"" + " ".repeat(1_000_000) + "!\"}",
                "4:11: data.a: the value is not base64; for example aGVsbG8=");
    }

    private static void refused(String text, String first) {
        refused(text, 1, first);
    }

    private static void refused(String text, int problems, String first) {
        ManifestException wrong = assertTimeoutPreemptively(
                HANGS, () -> assertThrows(ManifestException.class, () -> ManifestParser.parse("m", text)));
        assertEquals(problems, wrong.problems().size());
        assertEquals("m:" + first, wrong.problems().getFirst().toString());
    }
}
