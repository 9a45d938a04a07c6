package dev.virga.plugin.logging;

import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;
import dev.virga.plugin.Settings;

public final class LoggingProvider implements PluginProvider {

    @Override
    public String name() {
        return "logging";
    }

    /** The backend {@code default}, if the operator defines it, has the limits. */
    @Override
    public Plugin open(PluginHost host) {
        Settings settings =
                host.backend("default").map(PluginHost.Backend::settings).orElse(Settings.NONE);
        try {
            return new LoggingPlugin(LogLimits.of(settings));
        } catch (PluginException.Refused e) {
            throw new PluginException.Refused("the backend \"default\" of the plugin logging: " + e.getMessage());
        }
    }
}
