package dev.virga.engine.nativecode;

import dev.virga.engine.Account;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/**
 * A guest's stack and its context block (compiler/INTERFACE.md, "Stacks and their context"). One
 * Java thread owns it from its outermost call until that returns; the calls which host functions
 * make in between go on the same stack, below what is suspended.
 */
final class Fiber {

    static final int LIMIT = 0;
    private static final int GUEST_SP = 8;
    private static final int RUNNING = 24;
    private static final int YIELD = 32;
    private static final int RAISE = 40;
    private static final int ARGUMENTS = 48;
    private static final int CALLEE = 56;
    private static final int MEMMOVE = 64;
    private static final int MEMSET = 72;
    private static final int FLOOR = 80;
    private static final int TRAP_FP = 88;
    private static final int LEAVE_CALL = 96;

    private static final VarHandle OWNER;

    static {
        try {
            OWNER = MethodHandles.lookup().findVarHandle(Fiber.class, "owner", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final long MEMMOVE_ADDRESS = Libc.address("memmove");
    private static final long MEMSET_ADDRESS = Libc.address("memset");

    private final long base;
    private final long context;
    private final long floor;
    private final long runningWord;
    private final long scratch = Libc.allocate(16);

    /** Who is in a call on this stack. */
    private Thread owner;
    private int depth;
    private long slots;
    /** Ticks since the guest last came from the host. */
    int ticks;
    /** Whether a tick has found it computing in this call. */
    private boolean sampled;
    /** How its time in the host is known. */
    final HostTime hostTime = new HostTime();

    private Optional<Turn> turn = Optional.empty();

    Fiber(long base, long runningWord) {
        this.base = base;
        this.context = base + Stacks.STACK - Stacks.CONTEXT;
        this.floor = base + Stacks.HEADROOM;
        this.runningWord = runningWord;
    }

    long base() {
        return base;
    }

    long context() {
        return context;
    }

    /** Room for 16 bytes. */
    long scratch() {
        return scratch;
    }

    /** Whether an address is in this stack, with room above it for what lies around a frame. */
    boolean contains(long address) {
        return address >= base && address < context;
    }

    /** Written anew for each owner: idle stacks may lose their pages. */
    void prepare() {
        Raw.putLong(context + GUEST_SP, 0);
        Raw.putLong(context + RUNNING, runningWord);
        Raw.putLong(context + YIELD, Switch.YIELD);
        Raw.putLong(context + RAISE, Switch.RAISE);
        Raw.putLong(context + MEMMOVE, MEMMOVE_ADDRESS);
        Raw.putLong(context + MEMSET, MEMSET_ADDRESS);
        Raw.putLong(context + FLOOR, floor);
        Raw.putLong(context + LEAVE_CALL, Switch.LEAVE_CALL);
    }

    boolean isOwnedBy(Thread thread) {
        return owner == thread;
    }

    Optional<Thread> owner() {
        return Optional.ofNullable((Thread) OWNER.getVolatile(this));
    }

    /** Makes a thread the owner if there is none. */
    boolean tryOwn(Thread thread) {
        return OWNER.compareAndSet(this, null, thread);
    }

    /** What the owner reads after this is newer than what it wrote, for threads that use {@link Fences#heavy}. */
    void disown() {
        OWNER.setRelease(this, null);
        Fences.light();
    }

    boolean isIdle() {
        return depth == 0;
    }

    /** Whether it is in one call only. */
    boolean isOutermost() {
        return depth == 1;
    }

    /** A tick finds it computing, in its own code or in the host's. */
    void sample(Account account) {
        account.sampled(sampled);
        sampled = true;
    }

    /** Makes room for a call's slots. */
    void enter(int bytes) {
        long top = depth == 0 ? context : guestSp();
        long place = top - bytes & -16;
        if (place < floor) {
            throw new Trap(Trap.Kind.STACK_OVERFLOW);
        }
        if (depth++ == 0) {
            sampled = false;
            hostTime.begin();
        }
        slots = place;
    }

    /** Leaves a call; whether it was the outermost. */
    boolean leave() {
        if (--depth > 0) {
            return false;
        }
        endTurn();
        return true;
    }

    /** Waits until the scheduler lets it compute in host functions for another tick. */
    void takeTurn(NativeStore store) {
        endTurn();
        turn = Optional.of(Scheduler.turn(store));
        hostTime.restart(this);
    }

    void endTurn() {
        turn.ifPresent(Turn::end);
        turn = Optional.empty();
    }

    /** Where the call that was entered last has its slots. */
    long slots() {
        return slots;
    }

    /** The stack pointer of the suspended guest. */
    long guestSp() {
        return Raw.getLong(context + GUEST_SP);
    }

    /** The frame pointer of a guest that left with this stack pointer; 0 for none. */
    long frameAt(long guestSp) {
        return contains(guestSp) ? Raw.getLong(guestSp) : 0;
    }

    /** Where generated code finds an exception that lands: out of the way of every frame. */
    long exception() {
        return base;
    }

    /** Gives up the guest's frames of the call with these slots: the outer one is the suspended one again. */
    void abandon(long ofSlots) {
        Raw.putLong(context + GUEST_SP, Raw.getLong(ofSlots - 8));
    }

    /** Whether the guest left because its stack is used up, and not for a tick. */
    boolean overflowed() {
        return guestSp() < floor;
    }

    /** The slots of the host call or builtin that the guest makes. */
    long arguments() {
        return Raw.getLong(context + ARGUMENTS);
    }

    /** The record of the host function that the guest calls, or the instance block that calls a builtin. */
    long callee() {
        return Raw.getLong(context + CALLEE);
    }

    /** The innermost frame of a guest that trapped: its stub's. */
    long trapFrame() {
        return Raw.getLong(context + TRAP_FP);
    }
}
