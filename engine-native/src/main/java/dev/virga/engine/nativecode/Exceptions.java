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

    private Exceptions() {}

    /**
     * Where the guest goes on.
     *
     * @param code the handler's address
     * @param values whether it takes the exception's values
     * @param reference whether it takes a reference to the exception
     */
    private record Landing(long code, long sp, long fp, boolean values, boolean reference) {

        int land(Fiber fiber, long exception) {
            return Switch.land(fiber.context(), code, sp, fp, fiber.values(), exception);
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
            Raw.copy(fiber.arguments(), fiber.values(), Slots.bytes(type.params()));
        }
        return found.get().land(fiber, 0);
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
            Slots.write(exception.tag().type().params(), exception.values().toArray(), store, fiber.values());
        }
        return landing.land(fiber, landing.reference() ? store.reference(exception) : 0);
    }

    private static Optional<Landing> find(Fiber fiber, NativeStore store, long tag) {
        if (store.isInterrupted()) {
            throw Traps.stopped(fiber, store);
        }
        NativeModule module = null;
        int frames = 0;
        Optional<Landing> found = Optional.empty();
        long frame = fiber.frameAt(fiber.guestSp());
        for (long caller = Raw.getLong(frame); caller != 0 && found.isEmpty(); caller = Raw.getLong(frame)) {
            long returns = Raw.getLong(frame + 8);
            if (module == null || !module.contains(returns)) {
                module = store.moduleAt(returns).orElseThrow();
            }
            Optional<Handlers.Site> site = module.code().handlers().site(module.codeOffset(returns));
            if (site.isPresent()) {
                found = match(site.get(), module.plan().layout(), returns, caller, tag);
            }
            frame = caller;
            frames++;
        }
        store.unwound(frames);
        return found;
    }

    private static Optional<Landing> match(Handlers.Site site, Plan.Layout layout, long returns, long fp, long tag) {
        long sp = fp - site.frame();
        long block = Raw.getLong(sp + site.vmctx());
        BinaryReader clauses = site.clauses();
        for (int i = 0; i < site.count(); i++) {
            int clause = clauses.u32();
            long code = returns + clauses.signed(64);
            int of = clause >> 1;
            if (of == Handlers.ALL || Raw.getLong(block + layout.tag(of - 1)) == tag) {
                return Optional.of(new Landing(code, sp, fp, of != Handlers.ALL, (clause & 1) != 0));
            }
        }
        return Optional.empty();
    }
}
