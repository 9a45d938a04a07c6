package dev.virga.wit;

import java.util.Optional;

/** A version as of Semantic Versioning 2.0; {@code preRelease} and {@code build} are empty where absent. */
public record Version(long major, long minor, long patch, String preRelease, String build)
        implements Comparable<Version> {

    /** A longer text is no version: guests choose these texts. */
    private static final int MAX_LENGTH = 256;

    private static final int MAX_DIGITS = 18;

    public static Optional<Version> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        int plus = text.indexOf('+');
        String build = plus < 0 ? "" : text.substring(plus + 1);
        String front = plus < 0 ? text : text.substring(0, plus);
        int hyphen = front.indexOf('-');
        String preRelease = hyphen < 0 ? "" : front.substring(hyphen + 1);
        String numbers = hyphen < 0 ? front : front.substring(0, hyphen);
        int first = numbers.indexOf('.');
        int second = numbers.indexOf('.', first + 1);
        if (first < 0 || second < 0
                || plus >= 0 && !areParts(build, false)
                || hyphen >= 0 && !areParts(preRelease, true)) {
            return Optional.empty();
        }
        long major = number(numbers.substring(0, first));
        long minor = number(numbers.substring(first + 1, second));
        long patch = number(numbers.substring(second + 1));
        return major < 0 || minor < 0 || patch < 0
                ? Optional.empty()
                : Optional.of(new Version(major, minor, patch, preRelease, build));
    }

    /** The value of a number without leading zeros, or -1. */
    private static long number(String text) {
        return isNumber(text) && text.length() <= MAX_DIGITS && (text.length() == 1 || text.charAt(0) != '0')
                ? Long.parseLong(text)
                : -1;
    }

    /** Parts of letters, digits and hyphens, joined by points; in a pre-release, numbers have no leading zeros. */
    private static boolean areParts(String text, boolean preRelease) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : '.';
            if (c == '.') {
                String part = text.substring(start, i);
                if (part.isEmpty() || preRelease && isNumber(part) && part.length() > 1 && part.charAt(0) == '0') {
                    return false;
                }
                start = i + 1;
            } else if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-')) {
                return false;
            }
        }
        return true;
    }

    /** Orders by precedence (semver.org, 11); builds of one version only to be consistent with equals. */
    @Override
    public int compareTo(Version other) {
        int order = Long.compare(major, other.major);
        order = order != 0 ? order : Long.compare(minor, other.minor);
        order = order != 0 ? order : Long.compare(patch, other.patch);
        order = order != 0 ? order : comparePreRelease(preRelease, other.preRelease);
        return order != 0 ? order : build.compareTo(other.build);
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

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    @Override
    public String toString() {
        return major + "." + minor + "." + patch
                + (preRelease.isEmpty() ? "" : "-" + preRelease)
                + (build.isEmpty() ? "" : "+" + build);
    }

    // Written out, here and in the other keys of maps: those that a record brings are put together from
    // method handles when first called, which costs more time than parsing all of WASI.

    @Override
    public boolean equals(Object other) {
        return other instanceof Version v
                && major == v.major
                && minor == v.minor
                && patch == v.patch
                && preRelease.equals(v.preRelease)
                && build.equals(v.build);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * (31 * Long.hashCode(major) + Long.hashCode(minor)) + Long.hashCode(patch))
                + preRelease.hashCode()) + build.hashCode();
    }
}
