package dev.virga.host.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ResolvedConfigTest {

    private static final String OBJECTS = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: first, namespace: acme}
            data: {a: first, b: first, c: first}
            binaryData: {snowman: 4piD}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: second, namespace: acme}
            data: {c: second, d: second}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: keys, namespace: acme}
            data: {d: aHVudGVyMg==, e: b2xk}
            stringData: {e: new}
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: bytes, namespace: acme}
            data: {k: /w==}
            """;
    private static final ConfigSources SOURCES = ConfigSources.of(ManifestParser.parse("objects", OBJECTS).all());

    @Test
    void theLastSourceWins() {
        ResolvedConfig config = resolved(Map.of("a", "own", "z", "own"), List.of("first", "second"), List.of("keys"));
        assertEquals(
                Map.of(
                        "z", "own", "a", "first", "b", "first", "c", "second", "d", "hunter2", "e", "new",
                        "snowman", "☃"),
                config.values());
        assertEquals(Set.of("d", "e"), config.secrets());
        assertEquals(Optional.of("hunter2"), config.value("d"));
        assertEquals(Optional.empty(), config.value("y"));
    }

    @Test
    void valuesOfSecretsDoNotPrint() {
        ResolvedConfig config = resolved(Map.of("a", "own"), List.of(), List.of("keys"));
        assertEquals("{a=\"own\", d=(hidden), e=(hidden)}", config.toString());
    }

    @Test
    void allThatIsMissingIsNamed() {
        ConfigException missing = assertThrows(
                ConfigException.class, () -> resolved(Map.of(), List.of("first", "third"), List.of("first")));
        assertEquals("not there: ConfigMap acme/third, Secret acme/first; apply it first", missing.getMessage());
    }

    @Test
    void otherNamespacesAreNotReached() {
        ConfigLayer layer = new ConfigLayer(Map.of(), List.of(), List.of(new Reference("keys")));
        ConfigException missing =
                assertThrows(ConfigException.class, () -> ResolvedConfig.of(layer, "evil", SOURCES));
        assertEquals("not there: Secret evil/keys; apply it first", missing.getMessage());
    }

    @Test
    void bytesThatAreNoTextAreRefusedWithoutShowingThem() {
        ConfigException wrong =
                assertThrows(ConfigException.class, () -> resolved(Map.of(), List.of(), List.of("bytes")));
        assertEquals("the value of \"k\" in Secret acme/bytes is not UTF-8", wrong.getMessage());
    }

    @Test
    void tooMuchIsRefused() {
        ConfigException wrong = assertThrows(
                ConfigException.class, () -> resolved(Map.of("k", "x".repeat(1 << 20)), List.of(), List.of()));
        assertEquals("the settings have 1048577 characters; at most 1048576 are taken", wrong.getMessage());
    }

    private static ResolvedConfig resolved(Map<String, String> own, List<String> maps, List<String> secrets) {
        ConfigLayer layer = new ConfigLayer(
                own, maps.stream().map(Reference::new).toList(), secrets.stream().map(Reference::new).toList());
        return ResolvedConfig.of(layer, "acme", SOURCES);
    }
}
