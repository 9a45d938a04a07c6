package dev.virga.engine;

/**
 * Decides whether a guest may hold more memory and use more of the processors. It is asked before each allocation, so that one
 * limiter can stand for a whole workload of many instances.
 */
public interface Limiter {

    /** Allows everything that the types allow. */
    Limiter UNLIMITED = new Limiter() {
        @Override
        public boolean reserve(long bytes) {
            return true;
        }

        @Override
        public void release(long bytes) {}
    };

    /** Charges bytes of memory or table; false refuses, and the guest sees a failed grow. */
    boolean reserve(long bytes);

    /** Gives back what was charged, when a store closes. */
    void release(long bytes);

    /**
     * Charges processor time in nanoseconds, after it was used; false stops the guest. Short calls
     * are charged by sampling, so that a single figure may be a millisecond off.
     */
    default boolean consume(long nanos) {
        return true;
    }

    /** The weight of this workload where several compute at the same time; more than 0. */
    default double share() {
        return 1;
    }

    /** Whose share that is: limiters with the same account have it together. Asked once for each store. */
    default Account account() {
        return new Account();
    }
}
