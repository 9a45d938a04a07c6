package dev.virga.component.runtime;

import java.util.Optional;

/** One of the two that copy through a stream or future, while it does ({@code on_copy}, {@code on_copy_done}). */
interface Copier {

    /** The component instance; empty for the host. */
    Optional<GuestInstance> instance();

    Buffer buffer();

    /** Values were copied, and more may be, until it lets go of the buffer by {@link Shared#resetPending}. */
    void copied();

    /** The copy is over; the buffer is no longer used. */
    void done(CopyResult result);
}
