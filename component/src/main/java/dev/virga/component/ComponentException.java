package dev.virga.component;

/** A component cannot be used. */
public abstract sealed class ComponentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Enough for any honest text; names in a hostile binary can be much longer. */
    private static final int MAX_MESSAGE = 20_000;

    private ComponentException(String message, boolean lines, String where) {
        super(printable(message, lines) + where);
    }

    private static String at(int offset, String where) {
        return " (at offset 0x" + Integer.toHexString(offset) + " " + where + ")";
    }

    /** Names come from binaries: what they hold must not reach a terminal or log as a control sequence. */
    private static String printable(String message, boolean lines) {
        StringBuilder text = new StringBuilder(Math.min(message.length(), MAX_MESSAGE));
        message.codePoints().limit(MAX_MESSAGE).forEach(c -> {
            int kind = Character.getType(c);
            boolean hidden = kind == Character.CONTROL || kind == Character.FORMAT || kind == Character.SURROGATE;
            if (hidden && !(lines && c == '\n')) {
                text.append("\\u{").append(Integer.toHexString(c)).append('}');
            } else {
                text.appendCodePoint(c);
            }
        });
        return text.toString();
    }

    /** The bytes are no component of the binary format. The message ends with the offset and the section. */
    public static final class Malformed extends ComponentException {
        private static final long serialVersionUID = 1L;

        /** @param where the words behind the offset, as {@link dev.virga.component.binary.Section#in} gives them */
        public Malformed(String message, int offset, String where) {
            super(message, false, at(offset, where));
        }
    }

    /** The component breaks a validation rule. The message ends with the offset and the section. */
    public static final class Invalid extends ComponentException {
        private static final long serialVersionUID = 1L;

        /** @param where the words behind the offset, as {@link dev.virga.component.binary.Section#in} gives them */
        public Invalid(String message, int offset, String where) {
            super(message, false, at(offset, where));
        }
    }

    /** The component uses a feature that Virga does not have (yet); the message names it. */
    public static final class Unsupported extends ComponentException {
        private static final long serialVersionUID = 1L;

        public Unsupported(String message) {
            super(message, true, "");
        }

        /** Of something in the binary; see {@link Invalid}. */
        public Unsupported(String message, int offset, String where) {
            super(message, false, at(offset, where));
        }
    }

    /** Imports are missing or have another type; the message lists each of them. */
    public static final class Link extends ComponentException {
        private static final long serialVersionUID = 1L;

        public Link(String message) {
            super(message, true, "");
        }
    }
}
