package dev.virga.host;

import dev.virga.host.workload.PluginSet;
import dev.virga.plugin.LogLevel;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;
import dev.virga.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;

/** Finds the plugins of a host and gives each what is its own. */
final class HostPlugins {

    private HostPlugins() {}

    static PluginSet open(Path data, Map<String, Map<String, PluginHost.Backend>> backends, Telemetry telemetry) {
        return new PluginSet(ServiceLoader.load(PluginProvider.class), provider -> new PluginHost() {
            @Override
            public Path data() {
                Path folder = data.resolve(provider.name());
                try {
                    return Files.createDirectories(folder);
                } catch (IOException e) {
                    throw new HostException.Broken("the folder " + folder + " of a plugin cannot be made", e);
                }
            }

            @Override
            public Map<String, Backend> backends() {
                return backends.getOrDefault(provider.name(), Map.of());
            }

            @Override
            public void log(String line) {
                telemetry.log().line(LogLevel.INFO, provider.name() + ": " + line);
            }
        });
    }
}
