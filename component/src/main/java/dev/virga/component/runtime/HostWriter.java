package dev.virga.component.runtime;

/** The host as the writer of a stream or future that a guest reads. */
interface HostWriter {

    /** A reader waits; called in the guest's turn. */
    void wanted();

    /** The guest lets go of its end. */
    void unwanted();
}
