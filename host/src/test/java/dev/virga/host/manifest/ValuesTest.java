package dev.virga.host.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.host.shape.Durations;
import dev.virga.host.shape.Size;
import dev.virga.host.shape.Suggestions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "64Ki, 65536, 64Ki",
        "1Mi, 1048576, 1Mi",
        "1024, 1024, 1Ki",
        "256M, 256000000, 256M",
        "1500, 1500, 1500",
        "1Ti, 1099511627776, 1Ti"
    })
    void sizesAreBytes(String text, long bytes, String printed) {
        assertEquals(new Size(bytes), Size.parse(text));
        assertEquals(printed, new Size(bytes).toString());
    }

    @ParameterizedTest
    @CsvSource({
        "500ms, 500, 500ms",
        "90s, 90000, 90s",
        "1m30s, 90000, 90s",
        "1h, 3600000, 1h",
        "120m, 7200000, 2h",
        "24h, 86400000, 1d",
        "0s, 0, 0s"
    })
    void durationsAreMilliseconds(String text, long millis, String printed) {
        assertEquals(Duration.ofMillis(millis), Durations.parse(text));
        assertEquals(printed, Durations.print(Duration.ofMillis(millis)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "5s\n", "1.5s", "5S", "9999999999s", "1s1s1s1s1s1s"})
    void otherTextsAreNoDurations(String text) {
        assertThrows(IllegalArgumentException.class, () -> Durations.parse(text));
    }

    @Test
    void portionsRoundAsAsked() {
        assertEquals(3, Portion.parse("25%").of(10, true));
        assertEquals(2, Portion.parse("25%").of(10, false));
        assertEquals(7, Portion.parse("7").of(10, false));
    }

    @Test
    void hostPatternsHaveParts() {
        assertEquals(
                new HostPattern(Optional.of("https"), true, "example.com", Optional.of(8443)),
                HostPattern.parse("HTTPS://*.Example.com:8443/"));
        assertEquals(HostPattern.ANY, HostPattern.parse("*"));
        assertThrows(IllegalArgumentException.class, () -> HostPattern.parse("example.com/"));
    }

    @Test
    void imagesMayBeArtifacts() {
        assertEquals(Optional.of("worker"), ImageReference.parse("artifact://worker").artifact());
        assertEquals(Optional.empty(), ImageReference.parse("ghcr.io/acme/worker").artifact());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0/0", "10.0.0.0/8", "192.168.1.7/32", "0:0:0:0:0:0:0:0/0", "fd00:0:0:0:0:0:0:0/8"})
    void rangesOfAddressesPrintAsTheyAre(String text) {
        assertEquals(text, Cidr.parse(text).toString());
    }

    @Test
    void addressesOfVersionFourDoNotHideInVersionSix() {
        assertThrows(IllegalArgumentException.class, () -> Cidr.parse("::ffff:10.0.0.0/104"));
    }

    @Test
    void nearWordsAreSuggested() {
        List<String> known = List.of("memory", "messageSize", "instances");
        assertEquals(List.of("memory"), Suggestions.of("memroy", known));
        assertEquals(List.of("messageSize"), Suggestions.of("mess", known));
        assertEquals(List.of(), Suggestions.of("speed", known));
        assertTrue(Suggestions.question("x".repeat(1000), known).isEmpty());
    }
}
