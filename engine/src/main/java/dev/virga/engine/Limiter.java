package dev.virga.engine;

/**
 * Decides whether a guest may hold more memory. It is asked before each allocation, so that one
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
}
