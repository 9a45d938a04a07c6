package dev.virga.cli.config;

import dev.virga.cli.CacheDirectory;
import dev.virga.cli.Console;
import dev.virga.cli.DataDirectory;
import dev.virga.cli.Version;
import dev.virga.cli.oci.DockerConfig;
import dev.virga.engine.CompileCache;
import dev.virga.engine.nativecode.NativeEngine;
import dev.virga.oci.RegistrySettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Something that holds.
 *
 * @param from a variable, or what else decided it
 */
record Setting(String name, String value, String from) {

    private static final String DEFAULT = "default";

    /** Variables that are read, with what they are for. */
    private static final Map<String, String> VARIABLES = new TreeMap<>(Map.of(
            "NO_COLOR", "no colours on terminals",
            "SOURCE_DATE_EPOCH", "the time in images that are pushed",
            "VIRGA_JAVA_OPTS", "more options for the JVM, read by ./virga",
            "VIRGA_JDKS", "folders to look for a JDK in, read by ./virga",
            "WASI_SDK_PATH", "the wasi-sdk that doctor looks for"));

    static List<Setting> all(Console console) {
        Map<String, String> environment = console.environment();
        Path cache = CacheDirectory.find(environment);
        String cacheFrom = absolute(environment, "XDG_CACHE_HOME");
        List<Setting> all = new ArrayList<>();
        all.add(new Setting("version", Version.text(), "this build"));
        all.add(new Setting("jdk", Runtime.version() + ", " + System.getProperty("java.home"), "the JVM that runs"));
        Optional<String> missing = NativeEngine.missing();
        all.add(missing.map(why -> new Setting("engine", "portable", "native: " + why))
                .orElseGet(() -> new Setting("engine", "native", DEFAULT + ", --engine")));
        all.add(new Setting("cache", cache.toString(), cacheFrom));
        all.add(new Setting("cache.code.max", CompileCache.DEFAULT_MAX_BYTES + " bytes", DEFAULT));
        all.add(new Setting("cache.images", cache.resolve("images").toString(), cacheFrom));
        all.add(new Setting("image.max", RegistrySettings.DEFAULT.largest() + " bytes", DEFAULT));
        all.add(new Setting("data", DataDirectory.find(environment).toString(),
                absolute(environment, "XDG_DATA_HOME") + ", --data"));
        all.add(new Setting("credentials", DockerConfig.find(environment).file().toString(),
                environment.getOrDefault("DOCKER_CONFIG", "").isEmpty() ? DEFAULT : "$DOCKER_CONFIG"));
        VARIABLES.forEach((name, use) -> all.add(
                new Setting("$" + name, environment.getOrDefault(name, "not set"), use)));
        new TreeMap<>(environment).forEach((name, value) -> {
            if (name.startsWith("OTEL_")) {
                all.add(new Setting("$" + name, name.contains("HEADERS") ? "set, not shown" : value, "telemetry of a host"));
            }
        });
        return List.copyOf(all);
    }

    /** Whether a variable decides a folder: one that is not absolute is not heeded. */
    private static String absolute(Map<String, String> environment, String variable) {
        return Optional.ofNullable(environment.get(variable)).map(Path::of).filter(Path::isAbsolute).isPresent()
                ? "$" + variable
                : DEFAULT;
    }
}
