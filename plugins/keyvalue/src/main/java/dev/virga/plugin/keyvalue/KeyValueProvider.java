package dev.virga.plugin.keyvalue;

import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;

/** {@code keyvalue}. */
public final class KeyValueProvider implements PluginProvider {

    @Override
    public String name() {
        return "keyvalue";
    }

    @Override
    public Plugin open(PluginHost host) {
        return new KeyValuePlugin(Backends.open(host), host::log);
    }
}
