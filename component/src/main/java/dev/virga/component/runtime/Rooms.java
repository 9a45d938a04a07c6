package dev.virga.component.runtime;

/** The kinds of room in one instance: those who wait for the same need the same, so that it is enough to tell the first. */
final class Rooms {

    /** To begin a task that has to be the only one. */
    final Room beginExclusive;

    /** To begin another one. */
    final Room begin;

    /** To go on with a task that has to be the only one. */
    final Room goOn;

    Rooms(GuestInstance instance) {
        beginExclusive = new Room(() -> instance.backpressure == 0 && instance.exclusive().isEmpty());
        begin = new Room(() -> instance.backpressure == 0);
        goOn = new Room(() -> instance.exclusive().isEmpty());
    }

    /** There may be more room than before. */
    void wake() {
        beginExclusive.queue().wake();
        begin.queue().wake();
        goOn.queue().wake();
    }
}
