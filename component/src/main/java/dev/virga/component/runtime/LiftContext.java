package dev.virga.component.runtime;

import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The callee's side of a lifted function's calls: one for each caller, which is an instance or the host. */
final class LiftContext extends CallContext {

    final MethodHandle core;

    /** Null where the function has none. */
    final MethodHandle postReturn;

    private final GuestInstance[] entered;
    private final boolean borrows;
    private final boolean calledByHost;

    LiftContext(Root root, Lift definition, Optional<GuestInstance> caller) {
        super(root, definition.instance(), definition.options(), caller.isEmpty());
        this.core = root.function(definition.core());
        this.postReturn = definition.options().postReturn().map(root::function).orElse(null);
        this.entered = root.entered(instance, caller);
        this.borrows = definition.borrows();
        this.calledByHost = caller.isEmpty();
    }

    @Override
    public void enter() {
        root.enter(entered);
        if (borrows) {
            scope = new BorrowScope(scope);
        }
    }

    @Override
    public void returned() {
        if (borrows && scope.borrows > 0) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "borrow handles still remain at the end of the call");
        }
        if (calledByHost) {
            root.landed();
        }
        if (postReturn != null) {
            instance.mayLeave = false;
        }
    }

    @Override
    public void exit() {
        if (postReturn != null) {
            instance.mayLeave = true;
        }
        if (borrows) {
            BorrowScope ended = scope;
            scope = ended.outer;
            ended.end();
        }
        root.leave(entered);
    }
}
