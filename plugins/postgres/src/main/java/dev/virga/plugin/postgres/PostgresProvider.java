package dev.virga.plugin.postgres;

import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;

public final class PostgresProvider implements PluginProvider {

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public Plugin open(PluginHost host) {
        return new PostgresPlugin(host);
    }
}
