package dev.virga.ingress;

/** Makes text of guests and clients safe to show: it must not steer the operator's terminal. */
public final class Harmless {

    private Harmless() {}

    public static String text(String text) {
        return text.codePoints()
                .map(c -> c != '\t' && (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
