package dev.virga.ingress;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which route a request takes: that of its host, or of the nearest {@code *.} above it, or of any
 * host; there, the one with the longest path. A host that has routes of its own takes none of
 * another's. Never changes: a new table takes its place.
 */
public final class Routes {

    private static final String ANY = "*";

    /** One route, ready for requests. */
    record Entry(Route route, Rotation rotation) {
        boolean matches(String path) {
            String prefix = route.path();
            return path.startsWith(prefix)
                    && (path.length() == prefix.length() || prefix.length() == 1 || path.charAt(prefix.length()) == '/');
        }
    }

    private final Map<String, List<Entry>> byHost = new HashMap<>();
    private final int size;

    /** @throws IllegalArgumentException if two routes have the same host and path */
    public Routes(List<Route> routes) {
        for (Route route : routes) {
            List<Entry> entries = byHost.computeIfAbsent(route.host(), _ -> new ArrayList<>());
            if (entries.stream().anyMatch(e -> e.route().path().equals(route.path()))) {
                throw new IllegalArgumentException("two routes for " + route + ": give one of them another host or path");
            }
            entries.add(new Entry(route, new Rotation(route.targets())));
        }
        byHost.values().forEach(
                entries -> entries.sort(Comparator.comparingInt((Entry e) -> e.route().path().length()).reversed()));
        size = routes.size();
    }

    public int size() {
        return size;
    }

    /** The routes of a host, longest path first; none if no route is for it. */
    List<Entry> of(Optional<String> authority) {
        if (authority.isPresent()) {
            String host = Authority.host(authority.get());
            List<Entry> exact = byHost.get(host);
            if (exact != null && !host.equals(ANY)) {
                return exact;
            }
            for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
                List<Entry> below = byHost.get(ANY + host.substring(dot));
                if (below != null) {
                    return below;
                }
            }
        }
        return byHost.getOrDefault(ANY, List.of());
    }

    /** The route with the longest path that is a prefix of this one. */
    static Optional<Entry> find(List<Entry> entries, String path) {
        for (Entry entry : entries) {
            if (entry.matches(path)) {
                return Optional.of(entry);
            }
        }
        return Optional.empty();
    }
}
