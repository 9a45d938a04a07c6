package dev.virga.plugin.messaging;

import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.PluginProvider;
import dev.virga.plugin.Settings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Opens the operator's backends. There is always one of the name {@code memory}. */
public final class MessagingProvider implements PluginProvider {

    static final String MEMORY = "memory";

    @Override
    public String name() {
        return "messaging";
    }

    @Override
    public Plugin open(PluginHost host) {
        Map<String, MessagingBackend.Kind> kinds = new TreeMap<>();
        ServiceLoader.load(MessagingBackend.Kind.class, MessagingProvider.class.getClassLoader())
                .forEach(kind -> kinds.put(kind.name(), kind));
        Map<String, PluginHost.Backend> wanted = new HashMap<>(host.backends());
        wanted.putIfAbsent(MEMORY, new PluginHost.Backend(MEMORY, Settings.NONE));
        Map<String, MessagingBackend> backends = new LinkedHashMap<>();
        try {
            wanted.forEach((name, backend) -> backends.put(name, open(host, kinds, name, backend)));
        } catch (RuntimeException | Error e) {
            backends.values().forEach(MessagingBackend::close);
            throw e;
        }
        return new MessagingPlugin(backends, host);
    }

    private static MessagingBackend open(
            PluginHost host, Map<String, MessagingBackend.Kind> kinds, String name, PluginHost.Backend backend) {
        MessagingBackend.Kind kind = kinds.get(backend.kind());
        if (kind == null) {
            throw new PluginException.Refused("the messaging backend \"" + name + "\" is of the kind \""
                    + backend.kind() + "\", which is not installed; installed are " + kinds.keySet());
        }
        try {
            return kind.open(name, backend.settings(), host);
        } catch (PluginException.Refused e) {
            throw new PluginException.Refused("the messaging backend \"" + name + "\": " + e.getMessage());
        }
    }
}
