package dev.virga.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where compiled code is kept between starts: the user's cache directory, as the system has it. */
public final class CacheDirectory {

    private CacheDirectory() {}

    public static Path find() {
        return find(System.getenv());
    }

    /** @param environment variables */
    public static Path find(Map<String, String> environment) {
        return find(environment, System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
    }

    /** The XDG variable wins everywhere; it must be absolute (XDG Base Directory Specification). */
    static Path find(Map<String, String> environment, String system, Path home) {
        Optional<Path> xdg = directory(environment, "XDG_CACHE_HOME");
        if (xdg.isPresent()) {
            return xdg.get().resolve("virga");
        }
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("windows")) {
            return directory(environment, "LOCALAPPDATA")
                    .orElse(home.resolve("AppData").resolve("Local"))
                    .resolve("virga")
                    .resolve("cache");
        }
        return (name.startsWith("mac") ? home.resolve("Library").resolve("Caches") : home.resolve(".cache"))
                .resolve("virga");
    }

    /** The one that a variable names, if it is absolute. */
    static Optional<Path> directory(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).map(Path::of).filter(Path::isAbsolute);
    }
}
