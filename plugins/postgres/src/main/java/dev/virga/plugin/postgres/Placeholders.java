package dev.virga.plugin.postgres;

import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.Parser;

/**
 * One statement with parameters {@code $1}, {@code $2} and so on, as the driver wants it: that takes {@code ?} only,
 * and numbers those from left to right. The first place of each parameter becomes a question mark, so that later
 * ones can go on naming it, and the server gets the statement as it was but for the numbers.
 *
 * @param sql for the driver
 * @param order the index of the value for each question mark
 */
record Placeholders(String sql, List<Integer> order) {

    /** Bytes that are held for each character of a statement while it is read. */
    static final long WORK = 8;

    private static final int MOST = 32767;

    /** @throws QueryFailure if there are other parameters than so many, or more statements than one */
    static Placeholders of(String sql, int count) {
        return new Scan(sql, count).result();
    }

    /** With as many parameters as the statement uses. */
    static Placeholders of(String sql) {
        return new Scan(sql, MOST).counted();
    }

    private static final class Scan {

        private final char[] text;
        private final int count;
        private final StringBuilder out;
        private final List<Integer> order = new ArrayList<>();
        /** For each parameter its place in the order, counted from 1; 0 if it has none. */
        private final int[] places;
        private int at;
        private boolean ended;

        Scan(String sql, int count) {
            this.text = sql.toCharArray();
            this.count = count;
            this.places = new int[Math.min(count, MOST)];
            this.out = new StringBuilder(sql.length() + 16);
        }

        Placeholders counted() {
            while (at < text.length) {
                step();
            }
            return new Placeholders(out.toString(), List.copyOf(order));
        }

        Placeholders result() {
            if (count > MOST) {
                throw new QueryFailure.BadParams(
                        "a statement may have " + MOST + " parameters, but there are " + count);
            }
            Placeholders all = counted();
            for (int i = 0; i < count; i++) {
                if (places[i] == 0) {
                    throw new QueryFailure.BadParams(
                            "the statement does not use $" + (i + 1) + " of " + count + " parameters");
                }
            }
            return all;
        }

        /** Literals and comments stay as they are; the driver itself tells where they end. */
        private void step() {
            char c = text[at];
            boolean hasNext = at + 1 < text.length;
            int end = switch (c) {
                case '\'' -> Parser.parseSingleQuotes(text, at, !isEscapeString());
                case '"' -> Parser.parseDoubleQuotes(text, at);
                case '-' -> Parser.parseLineComment(text, at);
                case '/' -> Parser.parseBlockComment(text, at);
                case '$' -> hasNext && isDigit(text[at + 1]) ? at : Parser.parseDollarQuotes(text, at);
                default -> at;
            };
            boolean comment = end > at && (c == '-' || c == '/');
            if (ended && !comment && !Character.isWhitespace(c) && c != ';') {
                throw new QueryFailure.BadQuery(
                        "42601: there is more than one statement; run them by query-batch, without parameters");
            }
            if (end > at) {
                out.append(text, at, Math.min(end + 1, text.length) - at);
                at = end + 1;
            } else if (c == '$' && hasNext && isDigit(text[at + 1]) && !isInName()) {
                parameter();
            } else {
                ended |= c == ';';
                out.append(c);
                if (c == '?') {
                    out.append('?'); // an operator, which the driver takes for one if it is doubled
                }
                at++;
            }
        }

        private void parameter() {
            int end = at + 1;
            long number = 0;
            while (end < text.length && isDigit(text[end])) {
                number = Math.min(number * 10 + text[end] - '0', Integer.MAX_VALUE);
                end++;
            }
            if (number < 1 || number > count) {
                throw new QueryFailure.BadParams(
                        "the statement uses $" + number + ", but there are " + count + " parameters");
            }
            int index = (int) number - 1;
            if (places[index] == 0) {
                order.add(index);
                places[index] = order.size();
                out.append("? "); // apart from an operator that begins with one
            } else {
                out.append('$').append(places[index]);
            }
            at = end;
        }

        private boolean isEscapeString() {
            return at > 0
                    && (text[at - 1] == 'e' || text[at - 1] == 'E')
                    && (at == 1 || !Parser.isIdentifierContChar(text[at - 2]));
        }

        /** Names may have a dollar sign, though not begin with one. */
        private boolean isInName() {
            return at > 0 && (Parser.isIdentifierContChar(text[at - 1]));
        }

        private static boolean isDigit(char c) {
            return c >= '0' && c <= '9';
        }
    }
}
