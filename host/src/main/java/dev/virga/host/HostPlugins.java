package dev.virga.host;

import dev.virga.host.workload.PluginSet;
import dev.virga.host.shape.Quoted;
import dev.virga.host.shape.Suggestions;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Consumer;

/** Finds the plugins of a host and gives each what is its own. */
final class HostPlugins {

    private HostPlugins() {}

    /**
     * @param log is told what plugins have to say
     * @throws dev.virga.plugin.PluginException if a backend is of no plugin, or its settings are wrong
     */
    static PluginSet open(
            Path data, Map<String, Map<String, PluginHost.Backend>> backends, Consumer<String> log) {
        List<PluginProvider> providers =
                ServiceLoader.load(PluginProvider.class).stream().map(ServiceLoader.Provider::get).toList();
        checkNames(backends.keySet(), providers.stream().map(PluginProvider::name).sorted().toList());
        return new PluginSet(providers, provider -> new PluginHost() {
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
                log.accept(provider.name() + ": " + line);
            }
        });
    }

    private static void checkNames(Set<String> used, List<String> known) {
        for (String name : used) {
            if (!known.contains(name)) {
                throw new PluginException.Refused("there is no plugin " + Quoted.of(name) + " for a backend"
                        + Suggestions.question(name, known).orElse("; there are " + String.join(", ", known)));
            }
        }
    }
}
