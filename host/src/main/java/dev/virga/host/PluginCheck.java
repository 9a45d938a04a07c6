package dev.virga.host;

import dev.virga.host.manifest.ConfigException;
import dev.virga.host.manifest.ConfigSources;
import dev.virga.host.manifest.HostInterface;
import dev.virga.host.manifest.Limits;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.workload.PluginSet;
import dev.virga.host.workload.WorkloadRuntime;
import dev.virga.plugin.Grant;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Whether a host's backends, and what manifests want of plugins, can be used together; nothing runs. */
public final class PluginCheck {

    private PluginCheck() {}

    /**
     * What is wrong, one text each.
     *
     * @param scratch a folder for plugins, to be deleted afterwards
     * @param backends by plugin and name
     */
    public static List<String> problems(
            Path scratch, Map<String, Map<String, Backend>> backends, List<Manifest> manifests) {
        try (PluginSet plugins = HostPlugins.open(scratch, backends, _ -> {})) {
            ConfigSources sources = ConfigSources.of(manifests);
            Map<String, Manifest> byId = manifests.stream().collect(Collectors.toMap(Manifest::id, m -> m, (_, b) -> b));
            Templates templates = new Templates(byId, sources);
            List<String> problems = new ArrayList<>();
            for (Manifest manifest : byId.values()) {
                try {
                    templates.desired(manifest).ifPresent(desired ->
                            check(manifest, desired.template(), plugins, sources, problems));
                } catch (HostException | ConfigException e) {
                    problems.add(manifest.id() + ": " + e.getMessage());
                }
            }
            return problems;
        } catch (PluginException e) {
            return List.of(e.getMessage());
        }
    }

    private static void check(
            Manifest manifest, Template template, PluginSet plugins, ConfigSources sources, List<String> problems) {
        Limits limits = template.settings().limits().over(Limits.DEFAULT);
        for (HostInterface entry : template.spec().hostInterfaces()) {
            if (WorkloadRuntime.BUILT_IN.contains(entry.packageId())) {
                continue;
            }
            String where = manifest.id() + ": " + entry.packageId() + ": ";
            try {
                Grant grant = WorkloadResolver.grant(entry, template, limits, sources);
                plugins.find(grant).ifPresentOrElse(
                        plugin -> plugin.bind(grant).close(),
                        () -> problems.add(where + "there is no plugin for it; there are those for "
                                + String.join(", ", plugins.packages())));
            } catch (ConfigException | PluginException e) {
                problems.add(where + e.getMessage());
            }
        }
    }
}
