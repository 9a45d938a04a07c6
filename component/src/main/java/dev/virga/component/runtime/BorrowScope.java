package dev.virga.component.runtime;

import java.util.ArrayList;
import java.util.List;

/**
 * The borrows of one call. On the callee's side it counts the borrowed handles that are still in
 * its table ({@code Task.num_borrows}); on the caller's it keeps what was lent, to take it back when
 * the call is over ({@code Subtask.lenders}).
 */
final class BorrowScope {

    /** The scope of the same function's call further out on the stack, or null. */
    final BorrowScope outer;

    int borrows;
    private final List<ResourceHandle> lenders = new ArrayList<>(2);
    private final List<Runnable> endings = new ArrayList<>(0);

    BorrowScope(BorrowScope outer) {
        this.outer = outer;
    }

    void lend(ResourceHandle handle) {
        handle.lends++;
        lenders.add(handle);
    }

    /** Has something done when the call is over. */
    void atEnd(Runnable ending) {
        endings.add(ending);
    }

    void end() {
        for (ResourceHandle lender : lenders) {
            lender.lends--;
        }
        for (Runnable ending : endings) {
            ending.run();
        }
    }
}
