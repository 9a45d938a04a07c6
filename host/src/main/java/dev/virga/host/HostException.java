package dev.virga.host;

/** Why a host cannot do what it is told; the text says what to do. */
public abstract sealed class HostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private HostException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Something that a manifest asks for is wrong, or not allowed here: trying again does not help. */
    public static final class Refused extends HostException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message, null);
        }
    }

    /** There is nothing of this name. */
    public static final class Missing extends HostException {
        private static final long serialVersionUID = 1L;

        public Missing(String message) {
            super(message, null);
        }
    }

    /** The host itself cannot work, for example since its folder cannot be written. */
    public static final class Broken extends HostException {
        private static final long serialVersionUID = 1L;

        public Broken(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
