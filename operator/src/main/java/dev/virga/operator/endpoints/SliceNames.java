package dev.virga.operator.endpoints;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** Names of slices: the first of a service has the one that wasmCloud's operator gives to its only one. */
final class SliceNames {

    private static final int LONGEST = 54;
    private static final int FNV_BASIS = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private SliceNames() {}

    static String first(String service) {
        String start = service.length() <= LONGEST ? service : service.substring(0, LONGEST);
        return "%s-%08x".formatted(start, hash(service));
    }

    /** The next one that is free. */
    static String next(String service, Set<String> taken) {
        String first = first(service);
        String name = first;
        for (int i = 2; taken.contains(name); i++) {
            name = first + "-" + i;
        }
        return name;
    }

    /** FNV-1a. */
    private static int hash(String text) {
        int hash = FNV_BASIS;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * FNV_PRIME;
        }
        return hash;
    }
}
