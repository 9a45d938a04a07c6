package dev.virga.plugin.logging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingTest {

    private static final WorkloadName SHOP = new WorkloadName("team", "shop");
    private static final WorkloadName MAIL = new WorkloadName("team", "mail");

    @TempDir
    Path data;

    @Test
    void aLineIsLoggedWithLevelAndContext() throws IOException {
        try (TestHost host = host(Map.of());
                TestWorkload shop = start(host, SHOP)) {
            log(shop, 1, "warn", "orders", "nothing left of 7");
            log(shop, 1, "critical", "", "größer als €");
            assertEquals(List.of("WARN orders: nothing left of 7", "CRITICAL : größer als €"), shop.log());
        }
    }

    @Test
    void escapesAndLineEndsCannotSteerATerminal() throws IOException {
        try (TestHost host = host(Map.of());
                TestWorkload shop = start(host, SHOP)) {
            log(shop, 1, "info", "a\nb", "\u001b[2J\u009b31m\u202egnp.exe\rINFO forged\n");
            assertEquals(List.of("INFO a?b: ?[2J?31m?gnp.exe?INFO forged?"), shop.log());
        }
    }

    @Test
    void aLongMessageIsCutAtACharacter() throws IOException {
        try (TestHost host = host(Map.of("message", "5"));
                TestWorkload shop = start(host, SHOP)) {
            log(shop, 1, "info", "", "123456789");
            log(shop, 1, "info", "x".repeat(300), "1234😀9");
            assertEquals("INFO : 12345… (4 more characters)", shop.log().getFirst());
            assertEquals(
                    "INFO " + "x".repeat(256) + "… (44 more characters): 1234… (3 more characters)",
                    shop.log().get(1));
        }
    }

    @Test
    void aFloodIsCutToTheWorkloadsRateAndToldInOneLine() throws IOException {
        try (TestHost host = host(Map.of("rate", "1", "burst", "10k", "message", "1k"));
                TestWorkload shop = start(host, SHOP);
                TestWorkload mail = start(host, MAIL)) {
            log(shop, 200_000, "info", "", "x".repeat(936));
            List<String> lines = shop.log();
            assertEquals(10, lines.stream().filter(line -> line.startsWith("INFO")).count());
            List<String> told = lines.stream().filter(line -> line.startsWith("WARN virga: ")).toList();
            assertTrue(!told.isEmpty() && told.size() < 100, told::toString);
            assertTrue(told.getFirst().endsWith("left out: the workload logs more than 1 bytes a second"), told::toString);

            log(mail, 1, "info", "", "of another workload");
            assertEquals(List.of("INFO : of another workload"), mail.log());
        }
    }

    @Test
    void wrongSettingsAreRefused() throws IOException {
        assertRefused(Map.of("rate", "lots"), "\"rate\" must be a size");
        assertRefused(Map.of("rate", "0"), "\"rate\" must be from 1 to 1Gi, but is 0");
        assertRefused(Map.of("burst", "1k"), "\"burst\" is 1000 bytes, too few");
        assertRefused(Map.of("brust", "1M"), "unknown settings [brust]");
        try (TestHost host = host(Map.of())) {
            String message = assertThrows(PluginException.Refused.class, () -> host.start(
                            SHOP, guest(), TestHost.grant(SHOP, "wasi:logging", Set.of("logging"), "level=info")))
                    .getMessage();
            assertTrue(message.startsWith("unknown settings [level]"), message);
        }
    }

    private void assertRefused(Map<String, String> settings, String expected) {
        String message =
                assertThrows(PluginException.Refused.class, () -> host(settings)).getMessage();
        assertTrue(message.contains(expected), message);
    }

    private static void log(TestWorkload workload, int times, String level, String context, String message) {
        workload.call(List.of("log"), times, level, context, message);
    }

    private static TestWorkload start(TestHost host, WorkloadName name) throws IOException {
        return host.start(name, guest(), TestHost.grant(name, "wasi:logging", Set.of("logging")));
    }

    private TestHost host(Map<String, String> settings) {
        return new TestHost(
                new LoggingProvider(), data, Map.of("default", new PluginHost.Backend("log", new Settings(settings))));
    }

    private static byte[] guest() throws IOException {
        return Files.readAllBytes(Path.of("src/test/guests/guest.wasm"));
    }
}
