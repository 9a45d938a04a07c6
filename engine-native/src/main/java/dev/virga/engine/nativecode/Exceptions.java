package dev.virga.engine.nativecode;

import dev.virga.engine.BinaryReader;
import dev.virga.engine.FuncType;
import dev.virga.engine.GuestException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Exceptions on their way through a suspended guest: to the handler in its frames that catches them,
 * or on to the host. Only the frames of the innermost call from the host are searched, since a host
 * function lies between them and those of the calls around it.
 */
final class Exceptions {

    /** What no tag has as its number: only clauses for all tags match. */
    private static final long FOREIGN = 0;
    /** From where an exception lands: the position of the clause, the reference, the values. */
    private static final int CLAUSE = 0;
    private static final int REFERENCE = 8;
    private static final int VALUES = 16;

    private Exceptions() {}

    /**
     * Where the guest goes on.
     *
     * @param code the address
     * @param clause the position of the clause that matches
     * @param values whether it takes the exception's values
     * @param reference whether it takes a reference to the exception
     */
    private record Landing(long code, long sp, long fp, int clause, boolean values, boolean reference) {

        int land(Fiber fiber) {
            Raw.putLong(fiber.exception() + CLAUSE, clause);
            return Switch.land(fiber.context(), code, sp, fp);
        }
    }

    /**
     * The guest threw, and left the values in its slots. They stay numbers where that is enough.
     *
     * @return the code with which the guest leaves next
     * @throws GuestException if the guest does not catch it
     */
    static int thrown(Fiber fiber, NativeStore store) {
        NativeTag tag = store.tag(fiber.callee());
        FuncType type = tag.type();
        Optional<Landing> found = find(fiber, store, tag.number());
        if (found.isEmpty() || found.get().reference()) {
            List<Object> values = Arrays.asList(Slots.read(type.params(), store, fiber.arguments()));
            return land(found, new GuestException(tag, values), fiber, store);
        }
        if (found.get().values()) {
            Raw.copy(fiber.arguments(), fiber.exception() + VALUES, Slots.bytes(type.params()));
        }
        return found.get().land(fiber);
    }

    /**
     * A host function that the guest called threw, or the guest threw an exception again.
     *
     * @return the code with which the guest leaves next
     * @throws GuestException the same, if the guest does not catch it
     */
    static int passed(GuestException exception, Fiber fiber, NativeStore store) {
        boolean known = exception.tag() instanceof NativeTag tag && tag.store() == store;
        long number = known ? ((NativeTag) exception.tag()).number() : FOREIGN;
        return land(find(fiber, store, number), exception, fiber, store);
    }

    private static int land(Optional<Landing> found, GuestException exception, Fiber fiber, NativeStore store) {
        Landing landing = found.orElseThrow(() -> exception);
        if (landing.values()) {
            Slots.write(exception.tag().type().params(), exception.values().toArray(), store, fiber.exception() + VALUES);
        }
        if (landing.reference()) {
            Raw.putLong(fiber.exception() + REFERENCE, store.reference(exception));
        }
        return landing.land(fiber);
    }

    private static Optional<Landing> find(Fiber fiber, NativeStore store, long tag) {
        NativeModule module = null;
        int steps = 0;
        Optional<Landing> found = Optional.empty();
        long frame = fiber.frameAt(fiber.guestSp());
        for (long caller = Raw.getLong(frame); caller != 0 && found.isEmpty(); caller = Raw.getLong(frame)) {
            // A guest may have many frames, each with many clauses.
            if (store.isInterrupted()) {
                throw Traps.stopped(fiber, store);
            }
            long returns = Raw.getLong(frame + 8);
            if (module == null || !module.contains(returns)) {
                module = store.moduleAt(returns).orElseThrow();
            }
            Optional<Handlers.Site> site = module.code().handlers().site(module.codeOffset(returns));
            if (site.isPresent()) {
                found = match(site.get(), module.plan().layout(), returns, caller, tag);
                steps += site.get().clauseCount();
            }
            frame = caller;
            steps++;
        }
        store.unwound(steps);
        return found;
    }

    private static Optional<Landing> match(Handlers.Site site, Plan.Layout layout, long returns, long fp, long tag) {
        long sp = fp - site.frame();
        long block = Raw.getLong(sp + site.vmctx());
        BinaryReader clauses = site.clauses();
        for (int i = 0; i < site.clauseCount(); i++) {
            int clause = clauses.u32();
            int of = clause >> 1;
            if (of == Handlers.ALL || Raw.getLong(block + layout.tag(of - 1)) == tag) {
                boolean values = of != Handlers.ALL;
                return Optional.of(
                        new Landing(returns + site.landing(), sp, fp, i, values, (clause & 1) != 0));
            }
        }
        return Optional.empty();
    }
}
