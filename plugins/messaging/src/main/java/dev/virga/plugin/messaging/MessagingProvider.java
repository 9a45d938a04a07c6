package dev.virga.plugin.messaging;

import dev.virga.plugin.Backends;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;
import dev.virga.plugin.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;

/** Opens the operator's backends. There is always one of the name {@code memory}. */
public final class MessagingProvider implements PluginProvider {

    static final String MEMORY = "memory";

    @Override
    public String name() {
        return "messaging";
    }

    @Override
    public Plugin open(PluginHost host) {
        Map<String, PluginHost.Backend> defined = new HashMap<>(host.backends());
        defined.putIfAbsent(MEMORY, new PluginHost.Backend(MEMORY, Settings.NONE));
        return new MessagingPlugin(
                Backends.open(
                        "messaging backend",
                        ServiceLoader.load(MessagingBackend.Kind.class, MessagingProvider.class.getClassLoader()),
                        MessagingBackend.Kind::name,
                        defined,
                        (kind, name, settings) -> kind.open(name, settings, host)),
                host);
    }
}
