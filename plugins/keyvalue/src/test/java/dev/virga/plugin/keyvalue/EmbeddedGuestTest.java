package dev.virga.plugin.keyvalue;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;

class EmbeddedGuestTest extends GuestContract {

    @Override
    protected PluginHost.Backend backend() {
        return new PluginHost.Backend("embedded", Settings.NONE);
    }
}
