package dev.virga.plugin.messaging;

import java.util.Optional;

/**
 * Subjects are parts with dots between them, for example {@code orders.eu.new}. They are printable ASCII, which all
 * brokers agree on.
 */
public final class Subjects {

    private Subjects() {}

    /** What is wrong with a subject to publish to; empty if nothing is. */
    public static Optional<String> problem(String subject, int maxBytes) {
        return malformed(subject, maxBytes, false);
    }

    /** What is wrong with a pattern to subscribe to; empty if nothing is. */
    public static Optional<String> patternProblem(String pattern, int maxBytes) {
        return malformed(pattern, maxBytes, true);
    }

    private static Optional<String> malformed(String subject, int maxBytes, boolean pattern) {
        if (subject.length() > maxBytes) {
            return Optional.of("it has " + subject.length() + " characters; at most " + maxBytes + " are allowed");
        }
        if (subject.startsWith("$")) {
            return Optional.of("those that begin with $ are the broker's own");
        }
        String[] parts = subject.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            boolean wildcard = part.equals("*") || (part.equals(">") && i == parts.length - 1);
            if (part.isEmpty()) {
                return Optional.of("it has an empty part");
            }
            if (!(pattern && wildcard) && !part.chars().allMatch(Subjects::isPlain)) {
                return Optional.of(
                        pattern
                                ? "a part is *, or at the end >, or printable ASCII without * and >"
                                : "it must be printable ASCII without spaces, * and >");
            }
        }
        return Optional.empty();
    }

    private static boolean isPlain(int c) {
        return c > ' ' && c < 0x7f && c != '*' && c != '>';
    }

    /** Whether a subject is one that a pattern stands for; both well-formed. */
    public static boolean matches(String pattern, String subject) {
        int p = 0;
        int s = 0;
        while (true) {
            int pEnd = end(pattern, p);
            int sEnd = end(subject, s);
            if (isPart(pattern, p, pEnd, '>')) {
                return true;
            }
            boolean same = isPart(pattern, p, pEnd, '*')
                    || (pEnd - p == sEnd - s && pattern.regionMatches(p, subject, s, pEnd - p));
            boolean pLast = pEnd == pattern.length();
            boolean sLast = sEnd == subject.length();
            if (!same || pLast != sLast) {
                return false;
            }
            if (pLast) {
                return true;
            }
            p = pEnd + 1;
            s = sEnd + 1;
        }
    }

    private static boolean isPart(String pattern, int start, int end, char wildcard) {
        return end - start == 1 && pattern.charAt(start) == wildcard;
    }

    private static int end(String text, int start) {
        int dot = text.indexOf('.', start);
        return dot < 0 ? text.length() : dot;
    }
}
