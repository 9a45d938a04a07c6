package dev.virga.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class BackendsTest {

    private static final Map<String, PluginHost.Backend> DEFINED = Map.of(
            "a", new PluginHost.Backend("file", Settings.NONE),
            "b", new PluginHost.Backend("file", new Settings(Map.of("size", "x"))));

    private final List<String> closed = new CopyOnWriteArrayList<>();

    private Backends<AutoCloseable> open(Map<String, PluginHost.Backend> defined) {
        return Backends.open("store", List.of("file", "net"), Function.identity(), defined, (_, name, settings) -> {
            settings.bytes("size", 1, 1 << 20);
            return () -> {
                closed.add(name);
                if (name.equals("a")) {
                    throw new IllegalStateException("stuck");
                }
            };
        });
    }

    private void assertRefused(String text, Map<String, PluginHost.Backend> defined) {
        assertEquals(text, assertThrows(PluginException.Refused.class, () -> open(defined)).getMessage());
    }

    @Test
    void aBackendIsFoundByItsNameWithItsKind() {
        Backends<AutoCloseable> backends = open(Map.of("a", DEFINED.get("a")));
        assertEquals("file", backends.named("a").kind());
        assertEquals(
                "the host has no store \"x?\"; it has [a]",
                assertThrows(PluginException.Refused.class, () -> backends.named("x\n")).getMessage());
    }

    @Test
    void aWrongBackendIsNamedAndClosesTheOthers() {
        assertRefused("the store \"b\": the setting \"size\" must be a size such as 64Ki or 10M, from 1 to 1Mi", DEFINED);
        assertEquals(List.of("a"), closed);
        assertRefused("the store \"c\" is of the unknown kind \"tape\"; known are [file, net]",
                Map.of("c", new PluginHost.Backend("tape", Settings.NONE)));
    }

    @Test
    void oneThatCannotBeClosedKeepsNoOtherFromIt() {
        Backends<AutoCloseable> backends =
                open(Map.of("a", DEFINED.get("a"), "b", DEFINED.get("a"), "c", DEFINED.get("a")));
        assertEquals(
                "the store \"a\" could not be closed: stuck",
                assertThrows(IllegalStateException.class, backends::close).getMessage());
        assertEquals(Set.of("a", "b", "c"), Set.copyOf(closed));
    }
}
