package dev.virga.component.runtime;

/** When to give up. */
record Deadline(long nanoTime, boolean never) {

    static final Deadline NEVER = new Deadline(0, true);

    static Deadline in(long nanos) {
        return new Deadline(System.nanoTime() + nanos, false);
    }

    boolean passed() {
        return !never && System.nanoTime() - nanoTime >= 0;
    }
}
