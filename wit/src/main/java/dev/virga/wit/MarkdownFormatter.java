package dev.virga.wit;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Formats the WIT in Markdown: fenced blocks whose info string begins with {@code wit}. A block holds
 * a file, or items of an interface or of a world. All else stays as it is.
 */
public final class MarkdownFormatter {

    private static final Pattern FENCE = Pattern.compile("([ \\t]*+)(`{3,}+|~{3,}+)([^\\r\\n]*+)(\\r?\\n?)");

    private final Source document;
    private final StringBuilder out = new StringBuilder();

    private MarkdownFormatter(Source document) {
        this.document = document;
    }

    /** @throws WitException if a block is malformed; the position is that in the document */
    public static String format(Source document) {
        MarkdownFormatter formatter = new MarkdownFormatter(document);
        formatter.format(lines(document.text()));
        return formatter.out.toString();
    }

    /** Each with its line break. */
    private static List<String> lines(String text) {
        return text.isEmpty() ? List.of() : Stream.of(text.split("(?<=\n)")).toList();
    }

    private void format(List<String> lines) {
        int at = 0;
        while (at < lines.size()) {
            Matcher fence = FENCE.matcher(lines.get(at));
            out.append(lines.get(at++));
            if (!fence.matches() || fence.group(2).startsWith("`") && fence.group(3).contains("`")) {
                continue;
            }
            int end = at;
            while (end < lines.size() && !closes(lines.get(end), fence.group(2))) {
                end++;
            }
            List<String> block = lines.subList(at, end);
            if (end < lines.size() && fence.group(3).strip().split("\\s", 2)[0].equals("wit")) {
                out.append(block(block, fence.group(1), at).replace("\n", fence.group(4)));
            } else {
                block.forEach(out::append);
            }
            at = end;
            if (at < lines.size()) {
                out.append(lines.get(at++));
            }
        }
    }

    private static boolean closes(String line, String fence) {
        String bare = line.strip();
        return bare.length() >= fence.length() && bare.chars().allMatch(c -> c == fence.charAt(0));
    }

    /** @param first the line number of the first line, from 0 */
    private String block(List<String> lines, String indent, int first) {
        StringBuilder wit = new StringBuilder();
        for (String line : lines) {
            wit.append(withoutIndent(line.stripTrailing(), indent.length())).append('\n');
        }
        String formatted;
        try {
            formatted = fragment(new Source(document.name(), wit.toString()));
        } catch (WitException e) {
            String line = e.line() <= lines.size() ? lines.get(e.line() - 1).stripTrailing() : "";
            int cut = line.length() - withoutIndent(line, indent.length()).length();
            throw new WitException(e.problem().moved(first, cut));
        }
        StringBuilder indented = new StringBuilder();
        formatted.lines().forEach(line -> indented.append(line.isEmpty() ? "" : indent).append(line).append('\n'));
        return indented.toString();
    }

    private static String withoutIndent(String line, int indent) {
        int cut = 0;
        while (cut < indent && cut < line.length() && (line.charAt(cut) == ' ' || line.charAt(cut) == '\t')) {
            cut++;
        }
        return line.substring(cut);
    }

    /** A text of any kind; if it is of none, the complaint about the one that it is nearest to. */
    private static String fragment(Source source) {
        WitException nearest = null;
        for (Function<Source, List<Token>> kind : List.<Function<Source, List<Token>>>of(
                Parser::tokens, Parser::interfaceTokens, Parser::worldTokens)) {
            try {
                return WitFormatter.format(source, kind);
            } catch (WitException e) {
                nearest = nearest == null || e.isBehind(nearest) ? e : nearest;
            }
        }
        throw nearest;
    }
}
