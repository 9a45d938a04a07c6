package dev.virga.cli.project;

import java.util.List;

/** Paths that strangers name. */
final class SafePath {

    private static final int LONGEST = 1024;

    private SafePath() {}

    /** Whether it leads to somewhere below the folder that it is relative to, and not into git's own. */
    static boolean isSafe(String path) {
        return path.length() <= LONGEST
                && path.chars().noneMatch(c -> c < ' ' || c == 0x7f || c == '\\' || c == '\uFFFD')
                && List.of(path.split("/", -1)).stream().allMatch(SafePath::isName);
    }

    private static boolean isName(String part) {
        return !part.isEmpty() && !part.equals(".") && !part.equals("..") && !part.equalsIgnoreCase(".git");
    }

    /**
     * Whether a link at this path stays in the folder: it may begin with {@code ..} as often as it is deep. Further
     * on {@code ..} could step out of where another link leads.
     */
    static boolean isSafeLink(String path, String target) {
        int depth = path.split("/").length - 1;
        String rest = target;
        while (rest.startsWith("../") && depth > 0) {
            rest = rest.substring(3);
            depth--;
        }
        return isSafe(rest);
    }

    /** For messages. */
    static String shown(String path) {
        String cut = path.length() > 100 ? path.substring(0, 100) + "…" : path;
        return '"' + dev.virga.wasi.Harmless.text(cut) + '"';
    }
}
