package dev.virga.engine;

/** A core module cannot be used. */
public abstract sealed class ModuleException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ModuleException(String message) {
        super(message);
    }

    /** The bytes are no module of the binary format. */
    public static final class Malformed extends ModuleException {
        private static final long serialVersionUID = 1L;

        public Malformed(String message) {
            super(message);
        }
    }

    /** The module breaks a validation rule. */
    public static final class Invalid extends ModuleException {
        private static final long serialVersionUID = 1L;

        public Invalid(String message) {
            super(message);
        }
    }

    /** The module is or may be fine, but the engine lacks a feature that it uses. */
    public static final class Unsupported extends ModuleException {
        private static final long serialVersionUID = 1L;

        public Unsupported(String message) {
            super(message);
        }

        /** The feature's name, with which the message begins. */
        public String feature() {
            return getMessage().split("[:(,]", 2)[0].strip();
        }
    }

    /** An import is missing or has another type. */
    public static final class Link extends ModuleException {
        private static final long serialVersionUID = 1L;

        public Link(String message) {
            super(message);
        }
    }
}
