package dev.virga.component.validation;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The grammar of names (Explainer, "Import and Export Definitions"). */
final class Names {

    /** A name of an import or export. */
    sealed interface ExternName {
        /** What two names may not have in common (Explainer, "Name Uniqueness"). */
        String unique();
    }

    record Plain(String label) implements ExternName {
        @Override
        public String unique() {
            return lowerCase(label);
        }
    }

    record Constructor(String resource) implements ExternName {
        @Override
        public String unique() {
            return "[constructor]" + lowerCase(resource);
        }
    }

    /** {@code [method]r.l}, or {@code [static]r.l} if {@code isStatic}. */
    record Member(boolean isStatic, String resource, String label) implements ExternName {
        @Override
        public String unique() {
            String r = lowerCase(resource);
            String l = lowerCase(label);
            return r.equals(l) ? r : r + "." + l;
        }
    }

    /** @param path all before the version */
    record Interface(String path, Optional<String> version) implements ExternName {
        @Override
        public String unique() {
            return lowerCase(path) + version.map(v -> "@" + v).orElse("");
        }
    }

    private static final String CONSTRUCTOR = "[constructor]";
    private static final String METHOD = "[method]";
    private static final String STATIC = "[static]";

    private Names() {}

    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether this is a label in kebab case: words in lower case and acronyms in upper case. */
    static boolean isLabel(String name) {
        if (name.isEmpty() || !isLetter(name.charAt(0))) {
            return false;
        }
        for (String fragment : name.split("-", -1)) {
            boolean lower = fragment.chars().allMatch(c -> isDigit(c) || c >= 'a' && c <= 'z');
            boolean upper = fragment.chars().allMatch(c -> isDigit(c) || c >= 'A' && c <= 'Z');
            if (fragment.isEmpty() || !lower && !upper) {
                return false;
            }
        }
        return true;
    }

    /** {@code words}: a label without acronyms. */
    private static boolean isWords(String name) {
        return isLabel(name) && name.equals(lowerCase(name));
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    /** Semantic Versioning 2.0. */
    static boolean isSemver(String version) {
        int plus = version.indexOf('+');
        String build = plus < 0 ? "0" : version.substring(plus + 1);
        String rest = plus < 0 ? version : version.substring(0, plus);
        int dash = rest.indexOf('-');
        String release = dash < 0 ? "a" : rest.substring(dash + 1);
        String[] numbers = (dash < 0 ? rest : rest.substring(0, dash)).split("\\.", -1);
        return numbers.length == 3
                && Stream.of(numbers).allMatch(Names::isNumber)
                && Stream.of(build.split("\\.", -1)).allMatch(Names::isIdentifier)
                && Stream.of(release.split("\\.", -1))
                        .allMatch(i -> isIdentifier(i) && (isNumber(i) || !i.chars().allMatch(Names::isDigit)));
    }

    /** {@code canonversion}: the part of a version that decides about compatibility. */
    static boolean isCanonicalVersion(String version) {
        String[] numbers = version.split("\\.", -1);
        boolean leading = Stream.of(numbers).limit(numbers.length - 1).allMatch("0"::equals);
        String last = numbers[numbers.length - 1];
        return numbers.length <= 3 && leading && isNumber(last) && (numbers.length == 3 || !last.equals("0"));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.chars().allMatch(Names::isDigit)
                && (text.length() == 1 || text.charAt(0) != '0');
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isLetter(c) || isDigit(c) || c == '-');
    }

    /** Parses an {@code externname}. */
    static ExternName parse(String text, Context context) {
        if (text.startsWith(CONSTRUCTOR)) {
            return new Constructor(label(text.substring(CONSTRUCTOR.length()), context));
        }
        if (text.startsWith(METHOD)) {
            return member(false, text.substring(METHOD.length()), context);
        }
        if (text.startsWith(STATIC)) {
            return member(true, text.substring(STATIC.length()), context);
        }
        if (text.indexOf(':') < 0) {
            return new Plain(label(text, context));
        }
        return parseInterface(text, context);
    }

    private static Member member(boolean isStatic, String text, Context context) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            throw context.invalid("`" + text + "` is not a valid extern name: failed to find `.` character");
        }
        return new Member(isStatic, label(text.substring(0, dot), context), label(text.substring(dot + 1), context));
    }

    static Interface parseInterface(String text, Context context) {
        int at = text.indexOf('@');
        String path = at < 0 ? text : text.substring(0, at);
        int colon = path.indexOf(':');
        int slash = path.indexOf('/');
        if (colon < 0
                || slash < colon
                || !isWords(path.substring(0, colon))
                || !isWords(path.substring(colon + 1, slash))
                || !isLabel(path.substring(slash + 1))) {
            throw context.invalid("`" + text + "` is not a valid extern name: expected namespace:package/interface,"
                    + " perhaps with @version");
        }
        Optional<String> version = at < 0 ? Optional.empty() : Optional.of(text.substring(at + 1));
        if (version.isPresent() && !isSemver(version.get()) && !isCanonicalVersion(version.get())) {
            throw context.invalid("`" + text + "` is not a valid extern name: `" + version.get()
                    + "` is not a semantic version");
        }
        return new Interface(path, version);
    }

    private static String label(String text, Context context) {
        if (!isLabel(text)) {
            throw context.invalid("`" + text + "` is not in kebab case, so not a valid extern name");
        }
        return text;
    }
}
