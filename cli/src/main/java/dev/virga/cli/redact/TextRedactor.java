package dev.virga.cli.redact;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks what is found in a text. */
final class TextRedactor {

    /** A name and what stands before its value: {@code name=}, {@code "name": "}, {@code --name }; quotes may be escaped. */
    private static final Pattern NAMED = Pattern.compile("(?<![\\w.-])(--?)?([A-Za-z_][\\w.-]{0,127}+)\\\\{0,4}[\"']?"
            + "(?:(\\s{0,3}(?:=>|[=:])\\s{0,3})|(?<=\\w)\\s)\\\\{0,4}");

    /**
     * A value in quotes, or up to what ends a word; of what is never long, so that a line of many names is not read
     * from each of them to its end.
     */
    private static final Pattern SHORT = Pattern.compile("\"([^\"\\\\]{0,300})[\"\\\\]|'([^']{0,300})'"
            + "|([^\\s\"'&,;<>(){}\\[\\]\\\\]{1,300}+)(?![^\\s\"'&,;<>(){}\\[\\]\\\\])");

    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]++(?:[.-][\\p{L}\\p{N}_]++)*+");
    private static final int MOST_PARTS = 8;
    private static final int LONGEST_NAME = 253;
    private static final int SHORTEST_RANDOM = 20;
    private static final double RANDOM = 3.7;

    private static final int MOST_KEYS = 10_000;

    private final Masks masks;
    private final Names names;
    private final Values values;
    private final List<Rule> rules = new ArrayList<>();

    /** What was found of the names of values, which are mostly the same again. */
    private final Map<String, Optional<Kind>> kinds = new HashMap<>();

    /** @param own of the user's, which come first */
    TextRedactor(Masks masks, Names names, List<Rule> own) {
        this.masks = masks;
        this.names = names;
        this.values = new Values(names);
        rules.addAll(own);
        rules.addAll(Rules.ALL);
    }

    /** Only learns names. */
    TextRedactor(Masks masks, Names names) {
        this(masks, names, List.of());
        rules.removeIf(rule -> rule.kind() != Kind.TENANT && rule.kind() != Kind.HOST);
    }

    private Optional<Kind> kind(String key) {
        Optional<Kind> known = kinds.get(key);
        if (known != null) {
            return known;
        }
        Optional<Kind> kind = Keys.kind(key);
        if (kinds.size() < MOST_KEYS) {
            kinds.put(key, kind);
        }
        return kind;
    }

    String redact(String text) {
        Spans spans = new Spans();
        String lower = text.toLowerCase(Locale.ROOT);
        for (Rule rule : rules) {
            if (rule.mayBeIn(lower)) {
                apply(rule, text, spans);
            }
        }
        named(text, spans);
        apply(Rules.RANDOM, text, spans);
        if (!names.isEmpty()) {
            known(text, spans);
        }
        return spans.masked(text, masks);
    }

    private void apply(Rule rule, String text, Spans spans) {
        Matcher matcher = rule.pattern().matcher(text);
        while (matcher.find()) {
            for (int group = Math.min(1, matcher.groupCount()); group <= matcher.groupCount(); group++) {
                String found = matcher.group(group);
                if (found == null || found.isEmpty() || !rule.when().test(found) || isCommon(rule.kind(), found)) {
                    continue;
                }
                if (rule.kind() == Kind.EMAIL && !spans.isFree(matcher.start(), matcher.end())) {
                    continue; // a password before a host
                }
                names.learn(rule.kind(), found);
                spans.take(rule.kind(), matcher.start(group), matcher.end(group));
            }
        }
    }

    private static boolean isCommon(Kind kind, String name) {
        return kind == Kind.TENANT && Names.isCommon(name);
    }

    /** By what their names say. */
    private void named(String text, Spans spans) {
        Matcher name = NAMED.matcher(text);
        Matcher plain = SHORT.matcher(text);
        for (int from = 0; from < text.length() && name.find(from); ) {
            from = name.end(2); // the value may hold names, too
            Optional<Kind> kind = kind(name.group(2));
            boolean token = kind.isPresent() && kind.get() == Kind.TOKEN;
            if (name.group(3) == null && !(token && name.group(1) != null)) {
                continue; // a word before another one
            }
            if (!token && !plain.region(name.end(), text.length()).lookingAt()) {
                continue;
            }
            int group = token ? 0 : plain.group(1) != null ? 1 : plain.group(2) != null ? 2 : 3;
            int begin = token ? Secret.begin(text, name.end()) : plain.start(group);
            int end = token ? Secret.end(text, name.end()) : plain.end(group) - (group == 3 ? trailing(plain.group(3)) : 0);
            String found = text.substring(begin, end);
            boolean prose = group == 3 && name.group(3) != null && name.group(3).endsWith(" ") && !Names.isNameLike(found);
            Optional<Values.Part> place = kind.isEmpty() ? random(found) : values.part(kind.get(), found, prose);
            if (place.isPresent()) {
                from = Math.max(from, begin + place.get().length());
                spans.take(place.get().kind(), begin, from);
            }
        }
    }

    /** A value whose name says nothing, and which looks like a key. */
    private static Optional<Values.Part> random(String value) {
        return value.length() >= SHORTEST_RANDOM && Entropy.isSecret(value, RANDOM)
                ? Optional.of(new Values.Part(Kind.TOKEN, value.length()))
                : Optional.empty();
    }

    /** Signs that end a sentence or a part of a line rather than belong to a value. */
    private static int trailing(String value) {
        int count = 0;
        while (count < value.length() && ":.!?".indexOf(value.charAt(value.length() - 1 - count)) >= 0) {
            count++;
        }
        return count;
    }

    /** Names that are known from elsewhere, also as a part of a longer word. */
    private void known(String text, Spans spans) {
        Matcher words = WORD.matcher(text);
        while (words.find()) {
            List<int[]> parts = new ArrayList<>();
            for (int begin = words.start(), i = begin; i <= words.end(); i++) {
                if (i == words.end() || text.charAt(i) == '.' || text.charAt(i) == '-') {
                    parts.add(new int[] {begin, i});
                    begin = i + 1;
                }
            }
            for (int first = 0; first < parts.size(); first++) {
                first += known(text, parts.subList(first, Math.min(parts.size(), first + MOST_PARTS)), spans);
            }
        }
    }

    /** The longest name that some parts of a word begin with; how many parts it has beyond the first. */
    private int known(String text, List<int[]> parts, Spans spans) {
        int begin = parts.getFirst()[0];
        for (int last = parts.size() - 1; last >= 0; last--) {
            int end = parts.get(last)[1];
            if (end - begin <= LONGEST_NAME && spans.isFree(begin, end)) {
                Optional<Kind> kind = names.kind(text.substring(begin, end));
                if (kind.isPresent()) {
                    spans.take(kind.get(), begin, end);
                    return last;
                }
            }
        }
        return 0;
    }
}
