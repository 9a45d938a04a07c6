package dev.virga.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheDirectoryTest {

    private static final Path HOME = Path.of("home").toAbsolutePath();

    @Test
    void theXdgVariableDecidesIfItIsAbsolute() {
        Path cache = Path.of("elsewhere").toAbsolutePath();
        assertEquals(
                cache.resolve("virga"), CacheDirectory.find(Map.of("XDG_CACHE_HOME", cache.toString()), "Linux", HOME));
        assertEquals(
                HOME.resolve(".cache").resolve("virga"),
                CacheDirectory.find(Map.of("XDG_CACHE_HOME", "relative"), "Linux", HOME));
    }

    @Test
    void otherwiseEachSystemHasItsOwnPlace() {
        assertEquals(HOME.resolve(".cache/virga"), CacheDirectory.find(Map.of(), "Linux", HOME));
        assertEquals(HOME.resolve("Library/Caches/virga"), CacheDirectory.find(Map.of(), "Mac OS X", HOME));
        assertEquals(HOME.resolve("AppData/Local/virga/cache"), CacheDirectory.find(Map.of(), "Windows 11", HOME));
    }
}
