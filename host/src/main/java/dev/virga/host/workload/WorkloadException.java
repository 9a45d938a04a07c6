package dev.virga.host.workload;

/** Why a workload cannot run, or cannot be called now; the text says what to do. */
public abstract sealed class WorkloadException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private WorkloadException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Its manifest, or a component, does not fit. */
    public static final class Invalid extends WorkloadException {
        private static final long serialVersionUID = 1L;

        public Invalid(String message) {
            super(message, null);
        }

        public Invalid(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** All instances that it may have are busy, or it stops. */
    public static final class Busy extends WorkloadException {
        private static final long serialVersionUID = 1L;

        public Busy(String message) {
            super(message, null);
        }
    }
}
