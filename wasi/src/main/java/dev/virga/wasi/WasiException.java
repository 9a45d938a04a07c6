package dev.virga.wasi;

/** WASI cannot be set up as asked. */
public abstract sealed class WasiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private WasiException(String message) {
        super(message);
    }

    /** The text of a grant cannot be understood; the message says how it should look. */
    public static final class BadGrant extends WasiException {
        private static final long serialVersionUID = 1L;

        public BadGrant(String message) {
            super(message);
        }
    }

    /** A grant names something that is not there, such as a directory. */
    public static final class Unavailable extends WasiException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message) {
            super(message);
        }
    }
}
