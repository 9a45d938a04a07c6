package dev.virga.cli.redact;

/** Where a secret in a text begins and ends. By hand: a pattern would need a stack as deep as the secret is long. */
final class Secret {

    private static final String ENDS = "\"'&,;\\";

    /** At its end they close what is around it; within it they may be its own. */
    private static final String CLOSES = ")}]>";

    private Secret() {}

    /** @param at behind its name and what stands between: its quote, or else itself */
    static int begin(String text, int at) {
        return isQuoted(text, at) ? at + 1 : at;
    }

    /** Up to the quote that closes it, or what ends a word. A quote that opened with a backslash closes with one. */
    static int end(String text, int at) {
        if (!isQuoted(text, at)) {
            int end = at;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end)) && ENDS.indexOf(text.charAt(end)) < 0) {
                end++;
            }
            boolean opened = text.startsWith("${", at) || text.startsWith("<", at);
            while (!opened && end > at && CLOSES.indexOf(text.charAt(end - 1)) >= 0) {
                end--;
            }
            return end;
        }
        char quote = text.charAt(at);
        boolean escaped = at > 0 && text.charAt(at - 1) == '\\';
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != quote) {
            boolean escape = text.charAt(end) == '\\' && end + 1 < text.length();
            if (escape && escaped && text.charAt(end + 1) == quote) {
                return end;
            }
            end += escape ? 2 : 1;
        }
        return end;
    }

    private static boolean isQuoted(String text, int at) {
        return at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'');
    }
}
