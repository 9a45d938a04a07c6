package dev.virga.plugin.keyvalue;

import dev.virga.plugin.Backends;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;
import dev.virga.plugin.Settings;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** {@code keyvalue}: the backends that the operator has defined, and those that are always there. */
public final class KeyValueProvider implements PluginProvider {

    static final String DEFAULT = "embedded";

    /** The last one is what wasmCloud's manifests say. */
    private static final Map<String, PluginHost.Backend> ALWAYS = Map.of(
            DEFAULT, new PluginHost.Backend("embedded", Settings.NONE),
            "memory", new PluginHost.Backend("memory", Settings.NONE),
            "in-memory", new PluginHost.Backend("memory", Settings.NONE));

    @Override
    public String name() {
        return "keyvalue";
    }

    @Override
    public Plugin open(PluginHost host) {
        Map<String, PluginHost.Backend> defined = new TreeMap<>(ALWAYS);
        defined.putAll(host.backends());
        return new KeyValuePlugin(
                Backends.open(
                        "key-value backend",
                        ServiceLoader.load(BackendKind.class, KeyValueProvider.class.getClassLoader()),
                        BackendKind::name,
                        defined,
                        (kind, name, settings) ->
                                kind.open(new BackendKind.Opening(name, settings, host::data, host::log))),
                host::log);
    }
}
