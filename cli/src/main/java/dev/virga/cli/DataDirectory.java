package dev.virga.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where a host keeps what must outlive it: the user's data directory, as the system has it. */
public final class DataDirectory {

    private DataDirectory() {}

    public static Path find() {
        return find(System.getenv());
    }

    /** @param environment variables */
    public static Path find(Map<String, String> environment) {
        return find(environment, System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    /** The XDG variable wins everywhere; it must be absolute (XDG Base Directory Specification). */
    static Path find(Map<String, String> environment, String system, Path home) {
        Optional<Path> xdg = CacheDirectory.directory(environment, "XDG_DATA_HOME");
        if (xdg.isPresent()) {
            return xdg.get().resolve("virga");
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return CacheDirectory.directory(environment, "LOCALAPPDATA")
                    .orElse(home.resolve("AppData").resolve("Local"))
                    .resolve("virga")
                    .resolve("data");
        }
        return (name.startsWith("mac")
                        ? home.resolve("Library").resolve("Application Support")
                        : home.resolve(".local").resolve("share"))
                .resolve("virga");
    }
}
