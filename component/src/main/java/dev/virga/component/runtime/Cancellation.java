package dev.virga.component.runtime;

import java.util.Optional;

/** Asks the callee of an unresolved call to give up ({@code OnCancel}). */
@FunctionalInterface
interface Cancellation {

    /** @param caller the component instance that asks; empty for the host */
    void request(Optional<GuestInstance> caller);
}
