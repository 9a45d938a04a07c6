package dev.virga.plugin.messaging;

/** Why a message did not get where it should; the text is for the guest. */
public abstract sealed class MessagingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private MessagingException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Nobody answered in time. */
    public static final class Timeout extends MessagingException {
        private static final long serialVersionUID = 1L;

        public Timeout(String message) {
            super(message, null);
        }
    }

    /** It may work later. */
    public static final class Unavailable extends MessagingException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }

        public Unavailable(String message) {
            super(message, null);
        }
    }

    /** It is not allowed, or malformed: trying again does not help. */
    public static final class Refused extends MessagingException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message, null);
        }
    }
}
