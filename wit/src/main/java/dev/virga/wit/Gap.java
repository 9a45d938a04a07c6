package dev.virga.wit;

import java.util.ArrayList;
import java.util.List;

/**
 * What stands before a token.
 *
 * @param breaks line breaks behind the last comment
 */
record Gap(List<Comment> comments, int breaks) {

    /** The gaps before each token of a text, and the one before its end. */
    static List<Gap> all(Source source, List<Token> tokens) {
        List<Gap> gaps = new ArrayList<>();
        Walk walk = new Walk(source);
        for (Token token : tokens) {
            gaps.add(walk.gap(token.start()));
            walk.at = token.end();
        }
        gaps.add(walk.gap(source.text().length()));
        return gaps;
    }

    private static final class Walk {
        private final String text;
        private final Comments reader;
        private int at;
        private int lineStart;

        Walk(Source source) {
            this.text = source.text();
            this.reader = new Comments(source);
        }

        Gap gap(int to) {
            List<Comment> comments = new ArrayList<>();
            int breaks = 0;
            while (at < to) {
                if (text.charAt(at) == '/') {
                    int end = reader.end(at);
                    String comment = text.substring(at, end);
                    comments.add(new Comment(trimmed(comment), at - lineStart, breaks));
                    if (comment.indexOf('\n') >= 0) {
                        lineStart = at + comment.lastIndexOf('\n') + 1;
                    }
                    breaks = 0;
                    at = end;
                } else if (text.charAt(at++) == '\n') {
                    breaks++;
                    lineStart = at;
                }
            }
            return new Gap(comments, breaks);
        }
    }

    private static String trimmed(String comment) {
        StringBuilder trimmed = new StringBuilder();
        for (String line : comment.split("\n", -1)) {
            trimmed.append(trimmed.isEmpty() ? "" : "\n").append(line.stripTrailing());
        }
        return trimmed.toString();
    }
}
