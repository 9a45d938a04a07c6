package dev.virga.cli.redact;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Names of tenants and hosts that were seen where it is plain what they are, to be found where it is not. */
final class Names {

    private static final int MOST = 100_000;
    private static final int SHORTEST = 3;

    /** They say nothing about anybody. */
    private static final Set<String> COMMON =
            Set.of("default", "localhost", "none", "null", "true", "false", "unknown", "virga", "host", "http", "https");

    private final Map<String, Kind> known = new HashMap<>();
    private boolean full;

    void learn(Kind kind, String name) {
        if (name.length() < SHORTEST || name.chars().allMatch(Character::isDigit) || COMMON.contains(name)) {
            return;
        }
        if (known.size() < MOST) {
            known.putIfAbsent(name, kind);
        } else {
            full = true;
        }
    }

    Optional<Kind> kind(String name) {
        return Optional.ofNullable(known.get(name));
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /** Whether there were more than are kept. */
    boolean isFull() {
        return full;
    }

    /** Whether it may be a name of somebody's. */
    static boolean isCommon(String name) {
        return COMMON.contains(name) || name.isEmpty() || name.equals("*") || name.equals("-");
    }
}
