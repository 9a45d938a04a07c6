package dev.virga.plugin.keyvalue;

/** Why an operation on a store failed; the text is the guest's to see. */
public final class KeyValueException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What a guest can tell apart. */
    public enum Reason {
        /** There is no bucket of this name. */
        NO_SUCH_STORE,
        /** The workload may not open it. */
        ACCESS_DENIED,
        /** The call makes no sense, or what is stored does not allow it. */
        INVALID,
        /** The backend did not answer in time; what was asked for may have been done. */
        TIMEOUT,
        /** The backend is not there now. */
        UNAVAILABLE,
        /** A limit on size or number. */
        QUOTA,
        OTHER
    }

    private final Reason reason;

    public KeyValueException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public KeyValueException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
