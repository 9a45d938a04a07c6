package dev.virga.examples.counter;

import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;

/** The host finds it by its name in META-INF/services. */
public final class CounterProvider implements PluginProvider {

    @Override
    public String name() {
        return "counter";
    }

    /** First phase. */
    @Override
    public Plugin open(PluginHost host) {
        return new CounterPlugin();
    }
}
