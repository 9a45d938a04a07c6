package dev.virga.plugin.config;

import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The origins that the host's operator has defined, and the workloads that use them. */
final class ConfigPlugin implements Plugin {

    /** In an entry's settings; what else is there are values. */
    static final String BACKENDS = "virga.backend";

    private final Map<String, Origin> origins = new TreeMap<>();
    private final Folders folders;

    /** @param environment of the host */
    ConfigPlugin(PluginHost host, Map<String, String> environment) {
        this.folders = new Folders(host::log);
        host.backends().forEach((name, backend) -> origins.put(name, origin(name, backend, environment)));
    }

    private Origin origin(String name, PluginHost.Backend backend, Map<String, String> environment) {
        try {
            return switch (backend.kind()) {
                case "environment" -> new EnvironmentOrigin(name, backend.settings(), environment);
                case "files" -> new FilesOrigin(name, backend.settings(), folders);
                default -> throw new PluginException.Refused(
                        "no kind \"" + backend.kind() + "\"; there are \"environment\" and \"files\"");
            };
        } catch (PluginException.Refused e) {
            throw new PluginException.Refused("the backend \"" + name + "\" of the plugin config: " + e.getMessage());
        }
    }

    @Override
    public List<Offered<?>> offered() {
        return Wit.OFFERED;
    }

    @Override
    public Binding bind(Grant grant) {
        List<Origin.Opened> opened = new ArrayList<>();
        grant.settings().text(BACKENDS).ifPresent(list -> {
            for (String name : list.strip().split("\\s*,\\s*")) {
                Origin origin = origins.get(name);
                if (origin == null) {
                    throw new PluginException.Refused(grant + ": the host has no backend \"" + name
                            + "\" for this; it has " + origins.keySet());
                }
                opened.add(origin.open(grant.workload()));
            }
        });
        Map<String, String> own = new TreeMap<>(grant.settings().values());
        own.remove(BACKENDS);
        opened.add(Origin.fixed(Values.of(new Settings(own))));
        return new ConfigBinding(grant, opened);
    }

    @Override
    public void close() {
        folders.close();
    }
}
