package dev.virga.wit;

import dev.virga.wit.Token.Kind;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Writes WIT text in one style: the same tokens and comments, other space. Formatted text stays as it
 * is.
 *
 * <ul>
 *   <li>Two spaces for each level; lines of at most 100 characters where a list can be broken.
 *   <li>Fields, cases and flags each on a line; parameters and used names on one line if they fit.
 *   <li>Groups between blank lines are kept; items of a package are groups of their own.
 * </ul>
 */
public final class WitFormatter {

    /** What an item of a package follows. */
    private enum Behind {
        NOTHING, GATE, USE, OTHER
    }

    private final List<Token> tokens;
    private final List<Gap> gaps;
    private final TokenText text;
    private final PrintedText out = new PrintedText();
    private int next;
    /** How many comments before the next token are written already. */
    private int written;

    private WitFormatter(Source source, List<Token> tokens) {
        this.tokens = tokens;
        this.gaps = Gap.all(source, tokens);
        this.text = new TokenText(source, tokens, gaps);
    }

    /**
     * Formats a file. Its line breaks stay what the first one is.
     *
     * @throws WitException if it is malformed
     */
    public static String format(Source file) {
        int firstBreak = file.text().indexOf('\n');
        String formatted = format(file, Parser::tokens);
        return firstBreak > 0 && file.text().charAt(firstBreak - 1) == '\r' ? formatted.replace("\n", "\r\n") : formatted;
    }

    static String format(Source source, Function<Source, List<Token>> parser) {
        List<Token> tokens = parser.apply(source);
        WitFormatter formatter = new WitFormatter(source, tokens);
        formatter.items(true);
        formatter.comments(false);
        String formatted = formatter.out.toString();
        SameTokens.require(source, tokens, formatted, parser.apply(new Source(source.name(), formatted)));
        return formatted;
    }

    private void items(boolean ofPackage) {
        Behind behind = Behind.NOTHING;
        while (next < tokens.size() && !text.is(next, "}")) {
            boolean gate = text.is(next, "@");
            boolean use = tokens.get(next).isKeyword("use");
            if (ofPackage && (behind == Behind.OTHER || behind == Behind.USE && !use)) {
                out.blank();
            }
            comments(behind == Behind.GATE);
            if (gate) {
                gate();
            } else {
                item();
            }
            behind = gate ? Behind.GATE : use ? Behind.USE : Behind.OTHER;
        }
    }

    /** Writes comments on lines of their own; blank lines only where they are not behind a gate. */
    private void comments(boolean behindGate) {
        Gap gap = gaps.get(next);
        for (Comment comment : gap.comments().subList(written, gap.comments().size())) {
            blank(comment.breaks(), behindGate);
            comment.lines().forEach(out::line);
        }
        blank(gap.breaks(), behindGate);
        written = 0;
    }

    private void blank(int breaks, boolean behindGate) {
        if (breaks > 1 && !behindGate) {
            out.blank();
        }
    }

    /** A gate on a line of its own, or {@code @external-id}. */
    private void gate() {
        int start = next;
        next = text.closing(start + 2) + 1;
        line(text.join(start, next) + trailing());
    }

    private void item() {
        int start = next;
        for (int i = start; ; i++) {
            if (text.is(i, ";")) {
                next = i + 1;
                line(text.join(start, next) + trailing());
                return;
            }
            boolean params = text.is(i, "(") && (text.isKeyword(i - 1, "func") || text.isKeyword(i - 1, "constructor"));
            boolean names = text.is(i, "{") && (text.is(i - 1, ".") || text.isKeyword(i - 1, "with"));
            if (params || names) {
                list(start, i);
                return;
            }
            if (text.is(i, "{")) {
                block(start, i);
                return;
            }
        }
    }

    /** An item with a list of names or parameters. */
    private void list(int start, int open) {
        boolean with = text.isKeyword(open - 1, "with");
        int close = text.closing(open);
        int end = close + 1;
        while (!with && !text.is(end - 1, ";")) {
            end++;
        }
        String head = text.join(start, open + 1);
        String pad = with ? " " : "";
        String tail = text.join(close, end);
        boolean commented = gaps.subList(open + 1, close + 1).stream().anyMatch(g -> !g.comments().isEmpty());
        String flat = head + pad + String.join(", ", text.elements(open + 1, close)) + pad + tail;
        if (!commented && (out.fits(flat) || open + 1 == close)) {
            next = behind(end, with);
            line(flat + trailing());
            return;
        }
        next = open + 1;
        line(head + trailing());
        out.indent();
        elementLines(close);
        next = behind(end, with);
        outdent(tail + trailing());
    }

    /** The semicolon that may stand behind {@code with} belongs to no grammar. */
    private int behind(int end, boolean with) {
        return with && end < tokens.size() && text.is(end, ";") && gaps.get(end).comments().isEmpty() ? end + 1 : end;
    }

    private void block(int start, int open) {
        Token keyword = tokens.get(start);
        String head = text.join(start, open + 1);
        next = open + 1;
        if (text.is(next, "}") && gaps.get(next).comments().isEmpty()) {
            next++;
            line(head + "}" + trailing());
            return;
        }
        line(head + trailing());
        out.indent();
        if (keyword.kind() == Kind.KEYWORD && List.of("record", "variant", "enum", "flags").contains(keyword.text())) {
            elementLines(text.closing(open));
        } else {
            items(keyword.isKeyword("package"));
            comments(false);
        }
        next++;
        outdent("}" + trailing());
    }

    /** Elements of a list, each on a line. */
    private void elementLines(int close) {
        while (next < close) {
            comments(false);
            int start = next;
            next = text.endOfElement(start, close);
            if (next == close) {
                line(text.join(start, next) + "," + trailing());
                continue;
            }
            List<Comment> beforeComma = gaps.get(next++).comments();
            if (beforeComma.stream().anyMatch(c -> c.isDoc() || c.breaks() > 0)) {
                // A doc comment behind the comma would belong to the next element.
                line(text.join(start, next) + trailing());
                continue;
            }
            StringBuilder line = new StringBuilder(text.join(start, next - 1)).append(',');
            beforeComma.forEach(c -> line.append(' ').append(c.inline()));
            boolean lineEnds = beforeComma.stream().anyMatch(Comment::isLine);
            line(line + (lineEnds ? "" : trailing()));
        }
        comments(false);
    }

    /** Comments behind a token in its line, unless the next token follows them there. */
    private String trailing() {
        Gap gap = gaps.get(next);
        List<Comment> comments = gap.comments();
        int count = 0;
        while (count < comments.size() && comments.get(count).breaks() == 0) {
            count++;
        }
        boolean nextFollows = count == comments.size() && gap.breaks() == 0
                && next < tokens.size() && !text.is(next, "}") && !text.is(next, ")");
        written = nextFollows ? 0 : count;
        StringBuilder trailing = new StringBuilder();
        comments.subList(0, written).forEach(c -> trailing.append(' ').append(c.inline()));
        return trailing.toString();
    }

    private void line(String line) {
        lines(line, out::line);
    }

    private void outdent(String line) {
        lines(line, out::outdent);
    }

    /** Lines that a comment demands are indented below the first one. */
    private void lines(String line, Consumer<String> first) {
        String[] lines = line.split("\n");
        first.accept(lines[0]);
        for (int i = 1; i < lines.length; i++) {
            out.line(lines[i].isEmpty() ? "" : "  " + lines[i]);
        }
    }
}
