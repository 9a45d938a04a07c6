package dev.virga.wasi.sockets;

import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which names an instance has resolved to which addresses: sockets have addresses only, grants have names. */
final class ResolvedNames {

    private static final int MAX_ADDRESSES = 1024;
    private static final int MAX_NAMES = 16;

    private final LinkedHashMap<InetAddress, Set<String>> names = new LinkedHashMap<>();

    /** The oldest addresses are forgotten when there are too many. */
    synchronized void add(String name, Collection<InetAddress> addresses) {
        for (InetAddress address : addresses) {
            Set<String> known = names.computeIfAbsent(address, _ -> new LinkedHashSet<>());
            if (known.size() < MAX_NAMES) {
                known.add(name);
            }
        }
        while (names.size() > MAX_ADDRESSES) {
            names.pollFirstEntry();
        }
    }

    synchronized Collection<String> of(InetAddress address) {
        return List.copyOf(names.getOrDefault(address, Set.of()));
    }
}
