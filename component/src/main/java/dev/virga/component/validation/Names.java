package dev.virga.component.validation;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    private static final String LABEL = "(?:[a-z][0-9a-z]*+|[A-Z][0-9A-Z]*+)(?:-(?:[0-9a-z]++|[0-9A-Z]++))*+";
    private static final String WORDS = "[a-z][0-9a-z]*+(?:-[0-9a-z]++)*+";

    private static final Pattern LABEL_PATTERN = Pattern.compile(LABEL);
    private static final Pattern ANNOTATED = Pattern.compile("\\[(constructor|method|static)](.*)", Pattern.DOTALL);
    private static final Pattern INTERFACE =
            Pattern.compile("(" + WORDS + ":" + WORDS + "/" + LABEL + ")(?:@(.*))?", Pattern.DOTALL);

    private static final String NUMBER = "(?:0|[1-9][0-9]*+)";
    private static final String IDENTIFIERS = "[0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+";
    private static final Pattern SEMVER = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER
            + "(?:-(?:" + NUMBER + "(?![0-9A-Za-z-])|[0-9]*+[A-Za-z-][0-9A-Za-z-]*+)"
            + "(?:\\.(?:" + NUMBER + "(?![0-9A-Za-z-])|[0-9]*+[A-Za-z-][0-9A-Za-z-]*+))*+)?"
            + "(?:\\+" + IDENTIFIERS + ")?");
    private static final Pattern CANONICAL_VERSION =
            Pattern.compile("[1-9][0-9]*+|0\\.[1-9][0-9]*+|0\\.0\\.[1-9][0-9]*+|0\\.0\\.0");

    private Names() {}

    static String lowerCase(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** Whether this is a label in kebab case. */
    static boolean isLabel(String name) {
        return LABEL_PATTERN.matcher(name).matches();
    }

    static boolean isSemver(String version) {
        return SEMVER.matcher(version).matches();
    }

    static boolean isCanonicalVersion(String version) {
        return CANONICAL_VERSION.matcher(version).matches();
    }

    /** Parses an {@code externname}. */
    static ExternName parse(String text, Context context) {
        Matcher annotated = ANNOTATED.matcher(text);
        if (annotated.matches()) {
            String rest = annotated.group(2);
            if (annotated.group(1).equals("constructor")) {
                return new Constructor(label(rest, context));
            }
            int dot = rest.indexOf('.');
            if (dot < 0) {
                throw context.invalid("name `" + text + "` is not valid: failed to find `.` character");
            }
            return new Member(
                    annotated.group(1).equals("static"),
                    label(rest.substring(0, dot), context),
                    label(rest.substring(dot + 1), context));
        }
        if (text.indexOf(':') < 0) {
            if (text.startsWith("[")) {
                throw context.invalid("`" + text + "` is not a valid extern name: unknown annotation");
            }
            return new Plain(label(text, context));
        }
        return parseInterface(text, context);
    }

    static Interface parseInterface(String text, Context context) {
        Matcher matcher = INTERFACE.matcher(text);
        if (!matcher.matches()) {
            throw context.invalid("`" + text + "` is not a valid extern name: expected namespace:package/interface,"
                    + " perhaps with @version");
        }
        Optional<String> version = Optional.ofNullable(matcher.group(2));
        if (version.isPresent() && !isSemver(version.get()) && !isCanonicalVersion(version.get())) {
            throw context.invalid("`" + text + "` is not a valid extern name: `" + version.get()
                    + "` is not a semantic version");
        }
        return new Interface(matcher.group(1), version);
    }

    private static String label(String text, Context context) {
        if (!isLabel(text)) {
            throw context.invalid("`" + text + "` is not in kebab case, so not a valid extern name");
        }
        return text;
    }
}
