package dev.virga.operator.hosts;

/** A host could not be told something. Whether it has heard it is known in some cases only. */
public abstract sealed class HostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private HostException(String message) {
        super(message);
    }

    /** There is no connection to NATS; nothing was sent. */
    public static final class NotConnected extends HostException {
        private static final long serialVersionUID = 1L;

        NotConnected(String message) {
            super(message);
        }
    }

    /** Nobody listens where the host would: it is gone, or not connected to NATS itself. */
    public static final class Absent extends HostException {
        private static final long serialVersionUID = 1L;

        Absent(String message) {
            super(message);
        }
    }

    /** No answer came in time; the host may have done it, or still do it. Ask for the status. */
    public static final class TimedOut extends HostException {
        private static final long serialVersionUID = 1L;

        TimedOut(String message) {
            super(message);
        }
    }

    /** The command cannot be sent as it is; nothing was sent. */
    public static final class Unsendable extends HostException {
        private static final long serialVersionUID = 1L;

        Unsendable(String message) {
            super(message);
        }
    }

    /** The answer is none. */
    public static final class Unreadable extends HostException {
        private static final long serialVersionUID = 1L;

        Unreadable(String message) {
            super(message);
        }
    }
}
