package dev.virga.wit;

/** Skips whitespace and comments, and gathers doc comments: {@code ///} and {@code /** … *}{@code /}. */
final class Comments {

    private final Source source;
    private final String text;

    Comments(Source source) {
        this.source = source;
        this.text = source.text();
    }

    /** @return the offset of the next token; the doc comment before it is added to {@code docs} */
    int skip(int from, StringBuilder docs) {
        int at = from;
        boolean documented = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\n' || c == '\r' || c == '\t') {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = end(at);
                if (text.startsWith("///", at)) {
                    addLine(docs, documented, withoutMargin(text.substring(at + 3, end)));
                    documented = true;
                }
                at = end;
            } else if (text.startsWith("/*", at)) {
                int end = end(at);
                if (text.startsWith("/**", at) && end - at > 4) {
                    documented |= addBlock(docs, documented, text.substring(at + 3, end - 2));
                }
                at = end;
            } else {
                break;
            }
        }
        return at;
    }

    /** The offset behind the comment that begins at an offset; a line comment's line break is not part of it. */
    int end(int start) {
        if (text.startsWith("//", start)) {
            int end = text.indexOf('\n', start);
            return end < 0 ? text.length() : end;
        }
        int depth = 1;
        int at = start + 2;
        while (depth > 0) {
            if (at >= text.length()) {
                throw source.error(start, "this comment is never closed");
            }
            if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else {
                at++;
            }
        }
        return at;
    }

    /** Takes the margin of asterisks away, and empty lines at both ends. */
    private static boolean addBlock(StringBuilder docs, boolean documented, String block) {
        String[] lines = block.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            lines[i] = line.startsWith("*") ? withoutMargin(line.substring(1)) : line;
        }
        int first = 0;
        int last = lines.length;
        while (first < last && lines[first].isEmpty()) {
            first++;
        }
        while (last > first && lines[last - 1].isEmpty()) {
            last--;
        }
        for (int i = first; i < last; i++) {
            addLine(docs, documented || i > first, lines[i]);
        }
        return last > first;
    }

    private static void addLine(StringBuilder docs, boolean further, String line) {
        if (further) {
            docs.append('\n');
        }
        docs.append(line);
    }

    private static String withoutMargin(String line) {
        return (line.startsWith(" ") ? line.substring(1) : line).stripTrailing();
    }
}
