package dev.virga.plugin.keyvalue;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The backends that the operator has defined, and those that are always there. */
final class Backends implements AutoCloseable {

    static final String DEFAULT = "embedded";

    /** A name is a part of a file's name too. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** The last one is what wasmCloud's manifests say. */
    private static final Map<String, PluginHost.Backend> ALWAYS = Map.of(
            DEFAULT, new PluginHost.Backend("embedded", Settings.NONE),
            "memory", new PluginHost.Backend("memory", Settings.NONE),
            "in-memory", new PluginHost.Backend("memory", Settings.NONE));

    private final Map<String, Backend> open = new TreeMap<>();

    private Backends() {}

    /** @throws PluginException.Refused if a setting is wrong */
    static Backends open(PluginHost host) {
        Map<String, BackendKind> kinds = ServiceLoader.load(BackendKind.class, Backends.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .collect(Collectors.toMap(BackendKind::name, kind -> kind, (first, _) -> first, TreeMap::new));
        Map<String, PluginHost.Backend> defined = new TreeMap<>(ALWAYS);
        defined.putAll(host.backends());
        Backends backends = new Backends();
        try {
            defined.forEach((name, backend) -> backends.open.put(name, open(host, kinds, name, backend)));
            return backends;
        } catch (RuntimeException | Error e) {
            backends.close();
            throw e;
        }
    }

    private static Backend open(
            PluginHost host, Map<String, BackendKind> kinds, String name, PluginHost.Backend backend) {
        if (!NAME.matcher(name).matches()) {
            throw new PluginException.Refused("the key-value backend's name " + Texts.shown(name)
                    + " may have letters, digits, - and _ only");
        }
        BackendKind kind = kinds.get(backend.kind());
        if (kind == null) {
            throw new PluginException.Refused("the key-value backend \"" + name + "\" is of the unknown kind "
                    + Texts.shown(backend.kind()) + "; known are " + kinds.keySet());
        }
        try {
            return kind.open(new BackendKind.Opening(name, backend.settings(), host::data, host::log));
        } catch (PluginException.Refused e) {
            throw new PluginException.Refused("the key-value backend \"" + name + "\": " + e.getMessage());
        }
    }

    Backend named(String name) {
        return Optional.ofNullable(open.get(name)).orElseThrow(() -> new PluginException.Refused(
                "the host has no key-value backend " + Texts.shown(name) + "; it has " + open.keySet()));
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (Backend backend : open.values()) {
            try {
                backend.close();
            } catch (RuntimeException e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
