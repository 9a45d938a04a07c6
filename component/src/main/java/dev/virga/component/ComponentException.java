package dev.virga.component;

/** A component cannot be used. */
public abstract sealed class ComponentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ComponentException(String message) {
        super(message);
    }

    /** The bytes are no component of the binary format. The message ends with the offset. */
    public static final class Malformed extends ComponentException {
        private static final long serialVersionUID = 1L;

        public Malformed(String message, int offset) {
            super(message + " (at offset 0x" + Integer.toHexString(offset) + ")");
        }
    }

    /** The component breaks a validation rule. The message ends with the offset. */
    public static final class Invalid extends ComponentException {
        private static final long serialVersionUID = 1L;

        public Invalid(String message, int offset) {
            super(message + " (at offset 0x" + Integer.toHexString(offset) + ")");
        }
    }

    /** The component uses a feature that Virga does not have (yet); the message names it. */
    public static final class Unsupported extends ComponentException {
        private static final long serialVersionUID = 1L;

        public Unsupported(String message) {
            super(message);
        }
    }

    /** Imports are missing or have another type; the message lists each of them. */
    public static final class Link extends ComponentException {
        private static final long serialVersionUID = 1L;

        public Link(String message) {
            super(message);
        }
    }
}
