package dev.virga.cli.serve;

/** Makes text of guests and clients safe to show: it must not steer the operator's terminal. */
final class Harmless {

    private Harmless() {}

    static String text(String text) {
        return text.codePoints()
                .map(c -> c != '\t' && (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
