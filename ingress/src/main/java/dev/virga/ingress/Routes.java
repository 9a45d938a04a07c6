package dev.virga.ingress;

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

    /** What DNS allows; each label costs a look-up. */
    private static final int MAX_HOST = 255;

    /** One route, ready for requests. */
    record Entry(Route route, Rotation rotation) {}

    /** The routes of one host, by path. */
    static final class OfHost {
        private static final OfHost NONE = new OfHost();

        private final Map<String, Entry> byPath = new HashMap<>();
        private int longest;

        private void add(Route route) {
            if (byPath.put(route.path(), new Entry(route, new Rotation(route.targets()))) != null) {
                throw new IllegalArgumentException("two routes for " + route + ": give one of them another host or path");
            }
            longest = Math.max(longest, route.path().length());
        }

        boolean none() {
            return byPath.isEmpty();
        }

        /** The route with the longest path that is a prefix of this one. Looks no further than the longest there is. */
        Optional<Entry> find(String path) {
            int end = path.length() <= longest ? path.length() : path.lastIndexOf('/', longest);
            for (; end > 0; end = path.lastIndexOf('/', end - 1)) {
                Entry entry = byPath.get(path.substring(0, end));
                if (entry != null) {
                    return Optional.of(entry);
                }
            }
            return Optional.ofNullable(byPath.get("/"));
        }
    }

    private final Map<String, OfHost> byHost = new HashMap<>();
    private final int size;

    /** @throws IllegalArgumentException if two routes have the same host and path */
    public Routes(List<Route> routes) {
        routes.forEach(route -> byHost.computeIfAbsent(route.host(), _ -> new OfHost()).add(route));
        size = routes.size();
    }

    public int size() {
        return size;
    }

    /** The routes of a host; none if no route is for it. */
    OfHost of(Optional<String> authority) {
        if (authority.isPresent()) {
            String host = Authority.host(authority.get());
            OfHost exact = byHost.get(host);
            if (exact != null && !host.equals(ANY)) {
                return exact;
            }
            for (int dot = host.length() > MAX_HOST ? -1 : host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
                OfHost below = byHost.get(ANY + host.substring(dot));
                if (below != null) {
                    return below;
                }
            }
        }
        return byHost.getOrDefault(ANY, OfHost.NONE);
    }
}
