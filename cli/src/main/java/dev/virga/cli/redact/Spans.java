package dev.virga.cli.redact;

import java.util.Map;
import java.util.TreeMap;

/** Places that are masked: from, to, and as what. They do not overlap. */
final class Spans {
    private final TreeMap<Integer, Integer> ends = new TreeMap<>();
    private final TreeMap<Integer, Kind> kinds = new TreeMap<>();

    /** What others have already stays theirs; all that is between is taken. */
    void take(Kind kind, int from, int to) {
        int at = from;
        Map.Entry<Integer, Integer> before = ends.floorEntry(at);
        if (before != null) {
            at = Math.max(at, before.getValue());
        }
        while (at < to) {
            Integer next = ends.ceilingKey(at);
            int end = next == null ? to : Math.min(to, next);
            if (end > at) {
                ends.put(at, end);
                kinds.put(at, kind);
            }
            at = next == null ? to : ends.get(next);
        }
    }

    boolean isFree(int from, int to) {
        Map.Entry<Integer, Integer> before = ends.lowerEntry(to);
        return before == null || before.getValue() <= from;
    }

    /** The text with a mask in place of each. */
    String masked(String text, Masks masks) {
        if (ends.isEmpty()) {
            return text;
        }
        StringBuilder masked = new StringBuilder(text.length() + 64);
        int at = 0;
        for (Map.Entry<Integer, Integer> span : ends.entrySet()) {
            masked.append(text, at, span.getKey());
            masked.append(masks.mask(kinds.get(span.getKey()), text.substring(span.getKey(), span.getValue())));
            at = span.getValue();
        }
        return masked.append(text, at, text.length()).toString();
    }
}
