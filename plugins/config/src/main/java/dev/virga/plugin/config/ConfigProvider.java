package dev.virga.plugin.config;

import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;

public final class ConfigProvider implements PluginProvider {

    @Override
    public String name() {
        return "config";
    }

    @Override
    public Plugin open(PluginHost host) {
        return new ConfigPlugin(host, System.getenv());
    }
}
