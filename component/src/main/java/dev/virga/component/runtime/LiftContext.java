package dev.virga.component.runtime;

import dev.virga.engine.GuestException;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The callee's side of a lifted function's calls: one for each caller, which is an instance or the host. */
final class LiftContext extends CallContext {

    final MethodHandle core;

    /** Null where the function has none. */
    final MethodHandle postReturn;

    final GuestInstance[] entered;
    private final Lift definition;

    /** Whether caller and callee are one, or one contains the other. */
    private final boolean recursive;

    /** Null where the function has none. */
    private final MethodHandle callback;

    /** Whose turn it was before the innermost running synchronous call; null for nobody's. */
    private GuestThread caller;
    private final boolean borrows;
    private final boolean calledByHost;

    LiftContext(Root root, Lift definition, Optional<GuestInstance> caller) {
        super(root, definition.instance(), definition.options(), caller.isEmpty());
        this.definition = definition;
        this.callback = definition.options().callback().map(root::function).orElse(null);
        this.core = root.function(definition.core());
        this.postReturn = definition.options().postReturn().map(root::function).orElse(null);
        this.entered = root.entered(instance, caller);
        this.recursive = caller.filter(c -> root.related(c, instance)).isPresent();
        this.borrows = definition.borrows();
        this.calledByHost = caller.isEmpty();
    }

    @Override
    public void enter() {
        enterInstances();
        caller = instance.enterSync();
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
        instance.exitSync(caller);
        root.leave(entered);
    }

    /**
     * {@code enter_from}. Calls between a component and one that it contains are not allowed, either way:
     * definitions.py would let them pass, the specification's own tests want to see them trap "for now".
     */
    void enterInstances() {
        if (recursive) {
            throw root.cannotEnter();
        }
        root.enter(entered);
    }

    ElementTypes.Key resultType() {
        return definition.resultType();
    }

    /**
     * Whether strings and memory are as these options say ({@code LiftOptions.equal}); a memory that is not
     * given is not needed.
     */
    boolean sharesOptions(Options others) {
        return options.encoding() == others.encoding()
                && (others.memory().isEmpty()
                        || options.memory().map(root::memory).equals(others.memory().map(root::memory)));
    }

    /** Calls the core function of an asynchronous one. */
    long callCore(long[] flat) {
        try {
            return (long) definition.spread().invokeExact(core, flat);
        } catch (GuestException e) {
            throw Calls.uncaught(e);
        } catch (Throwable e) {
            throw Calls.<RuntimeException>sneak(e);
        }
    }

    /** Calls post-return, if there is one. */
    void callPostReturn(long flatResult) {
        if (postReturn == null) {
            return;
        }
        long[] flat = postReturn.type().parameterCount() > 0 ? new long[] {flatResult} : new long[0];
        instance.mayLeave = false;
        try {
            long unused = (long) definition.spreadPostReturn().invokeExact(postReturn, flat);
        } catch (GuestException e) {
            throw Calls.uncaught(e);
        } catch (Throwable e) {
            throw Calls.<RuntimeException>sneak(e);
        }
        instance.mayLeave = true;
    }

    /** Tells the guest of an event: what it wants next, as it packs it. */
    int callCallback(Event event) {
        try {
            return (int) callback.invokeExact(event.code(), event.first(), event.second());
        } catch (GuestException e) {
            throw Calls.uncaught(e);
        } catch (Throwable e) {
            throw Calls.<RuntimeException>sneak(e);
        }
    }
}
