package dev.virga.cli.redact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.cli.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RedactCommandTest {

    private static final Path CORPUS = Path.of("src", "test", "resources", "redact");
    private static final List<String> FILES = List.of("host.log", "host.jsonl", "traces.json");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private static String[] command(String... more) {
        List<String> all = new ArrayList<>(List.of("redact"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** The corpus, masked in one run. */
    private Path redacted(String... flags) {
        Path out = folder.resolve("out-" + folder.toFile().list().length);
        List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.addAll(List.of("--out-dir", out.toString()));
        FILES.forEach(file -> arguments.add(CORPUS.resolve(file).toString()));
        CommandRun run = CommandRun.of(command(arguments.toArray(String[]::new)));
        assertEquals(0, run.exitCode(), run.err());
        return out;
    }

    private static CommandRun input(String text, String... flags) {
        CommandRun run = CommandRun.withInput(text, command(flags));
        assertEquals(0, run.exitCode(), run.err());
        return run;
    }

    private static String masked(String text, String... flags) {
        return input(text, flags).out();
    }

    @Test
    void nothingThatWasPlantedIsLeft() throws IOException {
        Path out = redacted();
        List<String> left = new ArrayList<>();
        for (String file : FILES) {
            String text = Files.readString(out.resolve(file)).toLowerCase(Locale.ROOT);
            String before = Files.readString(CORPUS.resolve(file)).toLowerCase(Locale.ROOT);
            assertFalse(text.equals(before), file);
            for (String secret : Files.readAllLines(CORPUS.resolve("planted"))) {
                if (text.contains(secret.toLowerCase(Locale.ROOT))) {
                    left.add(file + ": " + secret);
                }
            }
        }
        assertEquals(List.of(), left);
    }

    /** Else the test above would pass with a misspelt secret. */
    @Test
    void allThatIsPlantedIsInTheCorpus() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String file : FILES) {
            all.append(Files.readString(CORPUS.resolve(file)));
        }
        for (String secret : Files.readAllLines(CORPUS.resolve("planted"))) {
            assertTrue(all.indexOf(secret) >= 0, secret);
        }
    }

    @Test
    void jsonHasTheSameStructureNumbersAndTimes() throws IOException {
        Path out = redacted();
        sameShape(
                "",
                JSON.readTree(CORPUS.resolve("traces.json").toFile()),
                JSON.readTree(out.resolve("traces.json").toFile()));
        List<String> before = Files.readAllLines(CORPUS.resolve("host.jsonl"));
        List<String> after = Files.readAllLines(out.resolve("host.jsonl"));
        assertEquals(before.size(), after.size());
        for (int i = 0; i < 4; i++) {
            sameShape("line " + i, JSON.readTree(before.get(i)), JSON.readTree(after.get(i)));
        }
        JsonNode third = JSON.readTree(after.get(2));
        assertEquals(3, JSON.readTree(third.get("message").asText()).get("count").asInt());
        assertTrue(after.get(2).contains("\"duration\":12.50,\"bytes\":123456789012,\"ok\":true,\"nothing\":null"), after.get(2));
        String traces = Files.readString(out.resolve("traces.json"));
        for (String kept : List.of("1544712660000000000", "GET /orders", "\"443\"", "\"200\"", "ratio 0.750", "page=2")) {
            assertTrue(traces.contains(kept), kept + " in " + traces);
        }
    }

    private static void sameShape(String at, JsonNode before, JsonNode after) {
        if (before.isObject()) {
            List<String> names = new ArrayList<>();
            before.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                assertTrue(after.has(name), at + "." + name);
                sameShape(at + "." + name, before.get(name), after.get(name));
            }
            assertEquals(before.size(), after.size(), at);
        } else if (before.isArray()) {
            assertEquals(before.size(), after.size(), at);
            for (int i = 0; i < before.size(); i++) {
                sameShape(at + "[" + i + "]", before.get(i), after.get(i));
            }
        } else if (!before.isTextual() && !at.endsWith(".pin")) {
            assertEquals(before, after, at);
        } else if (at.endsWith("time") || at.endsWith("Nano") || at.endsWith("level")) {
            assertEquals(before, after, at);
        }
    }

    @Test
    void textKeepsItsLinesTimesAndNumbers() throws IOException {
        List<String> before = Files.readAllLines(CORPUS.resolve("host.log"));
        List<String> after = Files.readAllLines(redacted().resolve("host.log"));
        assertEquals(before.size() - 1, after.size()); // two lines of a key are one mask
        for (int i = 0; i < 21; i++) {
            assertEquals(before.get(i).substring(0, 24), after.get(i).substring(0, 24));
        }
        String all = String.join("\n", after);
        for (String kept : List.of(
                ":8080",
                "retry in 250 ms",
                "host: listening on http://address-",
                "@host-",
                "AccountKey=token-",
                "3 of 3 replicas, 12.5 MiB",
                "retries=3, timeout=2500",
                "--verbose",
                "sslmode=require",
                "at dev.virga.host.Host.apply(Host.java:120), java.lang.IllegalStateException: 4 of 5",
                "loopback 127.0.0.1:9090 and ::1 and localhost:8080 stay, virga 0.2.12, sha256:9f86d081884c7d659a2feaa0c55ad015",
                "status=\"2xx\"} 1027",
                "HTTP/1.1\" 200 1534")) {
            assertTrue(all.contains(kept), kept + " in\n" + all);
        }
    }

    @Test
    void theSameValueHasTheSameMaskInAllFiles() throws IOException {
        Path out = redacted();
        String text = Files.readAllLines(out.resolve("host.log")).get(1);
        JsonNode json = JSON.readTree(Files.readAllLines(out.resolve("host.jsonl")).getFirst());
        assertTrue(text.contains(json.get("namespace").asText() + "/" + json.get("workload").asText() + " "), text);
        assertTrue(text.contains("trace=" + json.get("trace_id").asText() + ":"), text);
        JsonNode traces = JSON.readTree(out.resolve("traces.json").toFile());
        assertEquals(
                json.get("namespace").asText(),
                traces.at("/resourceSpans/0/resource/attributes/2/value/stringValue").asText());
    }

    @Test
    void masksOfTwoRunsDifferUnlessTheyHaveTheSameKey() throws IOException {
        String line = "seen 203.0.113.9\n";
        assertNotEquals(masked(line), masked(line));
        Path key = Files.writeString(folder.resolve("key"), "0123456789abcdef");
        assertEquals(masked(line, "--key-file", key.toString()), masked(line, "--key-file", key.toString()));
        Path shorter = Files.writeString(folder.resolve("short"), "0123456789");
        CommandRun refused = CommandRun.withInput(line, command("--key-file", shorter.toString()));
        assertEquals(2, refused.exitCode());
        assertTrue(refused.err().contains("has 10 bytes, and needs 16"), refused.err());
    }

    @Test
    void whatWasMaskedIsCountedByKind() {
        CommandRun run = input("a@b.example wrote from 192.0.2.1 to 192.0.2.2, password=x1y2\n");
        assertEquals("virga: masked token 1, email 1, address 2\n", run.err());
        CommandRun json = input("192.0.2.1\n", "--output", "json");
        assertEquals("{\"masked\":{\"address\":1},\"linesLeftOut\":0,\"namesComplete\":true}\n", json.err());
        assertEquals("virga: masked nothing\n", input("nothing here\n").err());
    }

    @Test
    void ownPatternsAndNamesAreMaskedToo() {
        String line = masked("ticket-4711 of customer Globex (globex-eu)\n", "--pattern", "ticket-(\\d+)", "--name", "Globex");
        assertTrue(line.matches("ticket-pattern-\\w{10} of customer tenant-\\w{10} \\(globex-eu\\)\n"), line);
    }

    /** Made here, so that no tool that looks for tokens finds any in the sources. */
    @Test
    void tokensOfKnownIssuersAreMasked() {
        String body = "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6";
        for (String prefix : List.of("ghp", "glpat-", "xoxb-", "npm", "hvs.", "sk_live", "AIza", "SG.")) {
            String token = prefix + (prefix.matches(".*[-._a]") ? "" : "_") + body;
            assertFalse(masked("seen " + token + " today\n").contains(body), token);
        }
        assertFalse(masked("nkey SU" + "A".repeat(20) + "B".repeat(35) + "2 used\n").contains("AAAB"));
    }

    @Test
    void aValueThatIsMaskedInPartIsMaskedWhole() {
        String line = masked("secret=\"part a@b.example and 192.0.2.1 more\" n=1\n");
        assertTrue(line.matches("secret=\"[\\w-]+\" n=1\n"), line);
    }

    @Test
    void aSecretEndsWhereItsQuotesDo() {
        assertTrue(masked("password = \"a \\\"b\\\" c\" n=1\n").matches("password = \"token-\\w{10}\" n=1\n"));
        assertTrue(masked("{password=a{b(c}\n").matches("\\{password=token-\\w{10}}\n"));
        assertTrue(masked("password=$ecret1\n").matches("password=token-\\w{10}\n"));
        assertEquals("password=${DB_PASSWORD} token=null\n", masked("password=${DB_PASSWORD} token=null\n"));
        assertTrue(masked("PGPASSWORD='pg pw' n=1\n").matches("PGPASSWORD='token-\\w{10}' n=1\n"));
        assertTrue(masked("?user=bob&pass=xx&n=1\n").matches("\\?user=bob&pass=token-\\w{10}&n=1\n"));
        assertTrue(masked("password=\"" + "x\\\"".repeat(200_000) + "\" n=1\n").matches("password=\"token-\\w{10}\" n=1\n"));
    }

    @Test
    void urlsKeepTheirForm() {
        String line = masked("redis://redis:6379 postgres://u:p@ss@db/x repo@sha256:abcd sha256 http://shop.example/a?b=1\n");
        assertTrue(
                line.matches("redis://host-\\w{10}:6379 postgres://token-\\w{10}@host-\\w{10}/x repo@sha256:abcd sha256 "
                        + "http://host-\\w{10}/a\\?b=1\n"),
                line);
    }

    @Test
    void linesThatAreTooLongAreLeftOutAndTold() {
        CommandRun run = input("a\n" + "x".repeat(2 << 20) + " password=hunter2\nb\n");
        assertEquals("a\n\"a line of more than 1048576 bytes was left out\"\nb\n", run.out());
        assertTrue(run.err().contains("1 lines were too long and left out"), run.err());
    }

    @Test
    void whatIsNoTextIsRefused() {
        CommandRun binary = CommandRun.withInput("\0\1\2", command());
        assertEquals(1, binary.exitCode());
        assertTrue(binary.err().contains("no text in UTF-8"), binary.err());
        CommandRun broken = CommandRun.withInput("{\n \"a\": [1, 2}\n", command("--format", "json"));
        assertEquals(1, broken.exitCode());
        assertTrue(broken.err().contains("no JSON from line 2 on"), broken.err());
        CommandRun missing = CommandRun.of(command(folder.resolve("none").toString()));
        assertEquals(2, missing.exitCode());
    }

    /** Texts that are made to take long. */
    @Test
    void hostileLinesTakeNoLongerThanOthers() {
        for (String part : List.of("a.", "a@", "a=\"", "k='", "1.", "::", "a:", "\\\"", "://", "eyJa.", "-----BEGIN ", "/v1/logs/a/", "a-")) {
            String line = part.repeat(100_000 / part.length());
            assertFalse(input(line + "\n").out().isEmpty());
        }
    }

    @Test
    void bytesThatAreNoUtf8AreKept() throws IOException {
        Path file = Files.write(folder.resolve("latin"), new byte[] {(byte) 0xe9, ' ', 'p', 'w', 'd', '=', 'x', '7', '\n'});
        Path out = folder.resolve("latin-out");
        assertEquals(0, CommandRun.of(command("--out-dir", out.toString(), file.toString())).exitCode());
        byte[] after = Files.readAllBytes(out.resolve("latin"));
        assertEquals((byte) 0xe9, after[0]);
        Matcher rest = Pattern.compile(" pwd=token-\\w{10}\n").matcher(new String(after, 1, after.length - 1));
        assertTrue(rest.matches());
    }
}
