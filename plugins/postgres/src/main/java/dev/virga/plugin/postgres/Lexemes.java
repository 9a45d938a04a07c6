package dev.virga.plugin.postgres;

import dev.virga.component.RecordValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Text search vectors: {@code 'cat':3 'fat':2,4A}. A lexeme with several places is one entry for each. */
final class Lexemes {

    static final Form FORM = Form.of(Lexemes::write, Lexemes::read);

    private static final int MOST_POSITION = 16383;

    private Lexemes() {}

    private static String write(Object value) {
        StringJoiner all = new StringJoiner(" ");
        for (Object entry : (List<?>) value) {
            RecordValue lexeme = (RecordValue) entry;
            String data = (String) lexeme.fields().get("data");
            Optional<?> position = (Optional<?>) lexeme.fields().get("position");
            Optional<?> weight = (Optional<?>) lexeme.fields().get("weight");
            String text = "'" + data.replace("\\", "\\\\").replace("'", "''") + "'";
            if (position.isPresent()) {
                int at = (Short) position.get() & 0xffff;
                if (at < 1 || at > MOST_POSITION) {
                    throw new QueryFailure.BadParams("the position of a lexeme is from 1 to 16383, not " + at);
                }
                text += ":" + at + weight.map(Object::toString).orElse("").toUpperCase(java.util.Locale.ROOT);
            } else if (weight.isPresent()) {
                throw new QueryFailure.BadParams("a lexeme without a position has no weight");
            }
            all.add(text);
        }
        return all.toString();
    }

    private static Object read(String text) {
        List<Object> lexemes = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            StringBuilder data = new StringBuilder();
            at++; // the quote
            while (text.charAt(at) != '\'' || at + 1 < text.length() && text.charAt(at + 1) == '\'') {
                char c = text.charAt(at);
                at += c == '\'' || c == '\\' ? 2 : 1;
                data.append(c);
            }
            at++;
            if (at < text.length() && text.charAt(at) == ':') {
                int end = text.indexOf(' ', at);
                end = end < 0 ? text.length() : end;
                for (String place : text.substring(at + 1, end).split(",")) {
                    lexemes.add(lexeme(data.toString(), place));
                }
                at = end;
            } else {
                lexemes.add(Records.of("position", Optional.empty(), "weight", Optional.empty(), "data", data.toString()));
            }
            at++; // the space
        }
        return lexemes;
    }

    /** The weight D is not written. */
    private static RecordValue lexeme(String data, String place) {
        char last = place.charAt(place.length() - 1);
        boolean weighed = last >= 'A';
        short position = Short.parseShort(weighed ? place.substring(0, place.length() - 1) : place);
        return Records.of(
                "position", Optional.of(position),
                "weight", Optional.of(weighed ? String.valueOf(last) : "D"),
                "data", data);
    }
}
