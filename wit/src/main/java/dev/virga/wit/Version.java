package dev.virga.wit;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A version as of Semantic Versioning 2.0; {@code preRelease} and {@code build} are empty where absent. */
public record Version(long major, long minor, long patch, String preRelease, String build)
        implements Comparable<Version> {

    private static final String NUMBER = "(0|[1-9][0-9]{0,17})";
    private static final String PRE_RELEASE_PART = "(?:0|[1-9][0-9]*+|[0-9]*+[A-Za-z-][0-9A-Za-z-]*+)";
    private static final Pattern SEMVER = Pattern.compile(NUMBER + "\\." + NUMBER + "\\." + NUMBER
            + "(?:-(" + PRE_RELEASE_PART + "(?:\\." + PRE_RELEASE_PART + ")*+))?+"
            + "(?:\\+([0-9A-Za-z-]++(?:\\.[0-9A-Za-z-]++)*+))?+");

    /** A longer text is no version: guests choose these texts. */
    private static final int MAX_LENGTH = 256;

    private static final Comparator<Version> BY_NUMBERS = Comparator.comparingLong(Version::major)
            .thenComparingLong(Version::minor)
            .thenComparingLong(Version::patch);

    public static Optional<Version> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Matcher m = SEMVER.matcher(text);
        if (!m.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Version(
                Long.parseLong(m.group(1)),
                Long.parseLong(m.group(2)),
                Long.parseLong(m.group(3)),
                m.group(4) == null ? "" : m.group(4),
                m.group(5) == null ? "" : m.group(5)));
    }

    /** Orders by precedence (semver.org, 11); builds of one version only to be consistent with equals. */
    @Override
    public int compareTo(Version other) {
        int numbers = BY_NUMBERS.compare(this, other);
        if (numbers != 0) {
            return numbers;
        }
        int pre = comparePreRelease(preRelease, other.preRelease);
        return pre != 0 ? pre : build.compareTo(other.build);
    }

    private static int comparePreRelease(String a, String b) {
        if (a.equals(b)) {
            return 0;
        }
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? 1 : -1;
        }
        String[] left = a.split("\\.");
        String[] right = b.split("\\.");
        for (int i = 0; i < Math.min(left.length, right.length); i++) {
            int part = comparePart(left[i], right[i]);
            if (part != 0) {
                return part;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    /** Numbers come before words; numbers have no leading zeros, so the longer one is greater. */
    private static int comparePart(String a, String b) {
        boolean aNumber = isNumber(a);
        if (aNumber != isNumber(b)) {
            return aNumber ? -1 : 1;
        }
        if (aNumber && a.length() != b.length()) {
            return Integer.compare(a.length(), b.length());
        }
        return a.compareTo(b);
    }

    private static boolean isNumber(String part) {
        return part.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch
                + (preRelease.isEmpty() ? "" : "-" + preRelease)
                + (build.isEmpty() ? "" : "+" + build);
    }
}
