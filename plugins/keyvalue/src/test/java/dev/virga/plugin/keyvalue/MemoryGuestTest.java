package dev.virga.plugin.keyvalue;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;

class MemoryGuestTest extends GuestContract {

    @Override
    protected PluginHost.Backend backend() {
        return new PluginHost.Backend("memory", Settings.NONE);
    }
}
