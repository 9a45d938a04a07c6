package dev.virga.plugin;

import dev.virga.wasi.Harmless;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The open backends of a plugin, by the names that manifests choose them by. */
public final class Backends<B extends AutoCloseable> implements AutoCloseable {

    /** @param kind for example {@code redis} */
    public record Named<B>(String kind, B backend) {}

    /** Opens a backend of a kind. */
    @FunctionalInterface
    public interface Opening<K, B> {
        /** @throws PluginException if a setting is wrong */
        B open(K kind, String name, Settings settings);
    }

    private static final int MOST_SHOWN = 64;

    /** Shorter than a host waits for a plugin, so that its error names the backend. */
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(8);

    private final String what;
    private final Map<String, Named<B>> open = new TreeMap<>();

    private Backends(String what) {
        this.what = what;
    }

    /**
     * Opens all or none.
     *
     * @param what they are called in error texts, for example {@code blob store}
     * @param kinds those that are installed; of two with the same name the first
     * @throws PluginException naming the backend that is wrong
     */
    public static <K, B extends AutoCloseable> Backends<B> open(
            String what,
            Iterable<K> kinds,
            Function<K, String> nameOf,
            Map<String, PluginHost.Backend> defined,
            Opening<K, B> opening) {
        Map<String, K> byName = StreamSupport.stream(kinds.spliterator(), false)
                .collect(Collectors.toMap(nameOf, kind -> kind, (first, _) -> first, TreeMap::new));
        Backends<B> backends = new Backends<>(what);
        try {
            new TreeMap<>(defined).forEach((name, backend) -> backends.open.put(
                    name, new Named<>(backend.kind(), backends.open(byName, name, backend, opening))));
            return backends;
        } catch (Throwable e) {
            try (backends) {
                throw e;
            }
        }
    }

    private <K> B open(Map<String, K> kinds, String name, PluginHost.Backend backend, Opening<K, B> opening) {
        String title = title(name);
        K kind = kinds.get(backend.kind());
        if (kind == null) {
            throw new PluginException.Refused(
                    title + " is of the unknown kind \"" + backend.kind() + "\"; known are " + kinds.keySet());
        }
        try {
            return opening.open(kind, name, backend.settings());
        } catch (PluginException.Refused e) {
            throw new PluginException.Refused(title + ": " + e.getMessage());
        } catch (PluginException.Unavailable e) {
            throw new PluginException.Unavailable(title + ": " + e.getMessage(), e);
        }
    }

    private String title(String name) {
        return "the " + what + " \"" + name + "\"";
    }

    public Set<String> names() {
        return open.keySet();
    }

    /** @throws PluginException.Refused if there is none of this name */
    public Named<B> named(String name) {
        Named<B> found = open.get(name);
        if (found == null) {
            throw new PluginException.Refused(
                    "the host has no " + what + " \"" + shown(name) + "\"; it has " + open.keySet());
        }
        return found;
    }

    /** A manifest's text for an error's. */
    private static String shown(String name) {
        String start = name.length() > MOST_SHOWN ? name.substring(0, MOST_SHOWN) + "…" : name;
        return Harmless.text(start);
    }

    /** All at the same time. One that cannot be closed keeps no other from it. */
    @Override
    public void close() {
        List<Closing.Part> all = open.entrySet().stream()
                .map(each -> new Closing.Part(title(each.getKey()), each.getValue().backend()))
                .toList();
        open.clear();
        Closing.together(all, LONGEST_CLOSE);
    }
}
