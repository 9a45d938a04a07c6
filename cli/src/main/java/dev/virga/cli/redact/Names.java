package dev.virga.cli.redact;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Names of tenants and hosts that were seen where it is plain what they are, to be found where it is not. */
final class Names {

    private static final int MOST = 100_000;
    private static final int SHORTEST = 3;

    /** They say nothing about anybody. */
    private static final Set<String> COMMON =
            Set.of("default", "localhost", "none", "null", "true", "false", "unknown", "virga", "host", "http", "https");

    private static final Pattern NAME_LIKE = Pattern.compile("[0-9._-]");

    private final Map<String, Kind> known = new HashMap<>();
    private boolean full;

    /** Takes names of tenants, and of hosts if they are no plain words: {@code redis} names nobody. */
    void learn(Kind kind, String name) {
        boolean wanted = kind == Kind.TENANT || kind == Kind.HOST && isNameLike(name);
        if (!wanted || name.length() < SHORTEST || name.chars().allMatch(Character::isDigit) || COMMON.contains(name)) {
            return;
        }
        if (known.size() < MOST) {
            known.putIfAbsent(name, kind);
        } else {
            full = true;
        }
    }

    /** Whether it has what names have and words of a sentence have not. */
    static boolean isNameLike(String name) {
        return NAME_LIKE.matcher(name).find();
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

    /** Whether it is nobody's name. */
    static boolean isCommon(String name) {
        return COMMON.contains(name) || name.isEmpty() || name.equals("*") || name.equals("-");
    }
}
