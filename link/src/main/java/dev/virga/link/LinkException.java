package dev.virga.link;

/** Why something cannot be linked, or why a call over a link failed; the text says what to do. */
public final class LinkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Kind {
        /** A function has a type that has no values outside of its process. */
        TYPE("type"),
        /** Bytes that are no values of the type. */
        MALFORMED("malformed"),
        /** More bytes, or more memory, than may be. */
        TOO_LARGE("too-large"),
        /** There is no connection to NATS. */
        AWAY("away"),
        /** Nobody serves what was called. */
        NOBODY("nobody"),
        /** No answer came in time. */
        DEADLINE("deadline"),
        /** The one who serves it does what it can. */
        BUSY("busy"),
        /** The component that was called failed. */
        FAILED("failed"),
        /** The caller does not want the answer any more. */
        CANCELLED("cancelled");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** As on the wire and in metrics. */
        @Override
        public String toString() {
            return text;
        }
    }

    private final Kind kind;

    public LinkException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
