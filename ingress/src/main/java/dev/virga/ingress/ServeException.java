package dev.virga.ingress;

/** A server cannot be started; the message says why and what to do. */
public abstract sealed class ServeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ServeException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The address cannot be listened on. */
    public static final class Address extends ServeException {
        private static final long serialVersionUID = 1L;

        public Address(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Key or certificate cannot be used. */
    public static final class Tls extends ServeException {
        private static final long serialVersionUID = 1L;

        public Tls(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
