package dev.virga.engine.nativecode;

import dev.virga.engine.Account;
import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.GuestException;
import dev.virga.engine.HeapType;
import dev.virga.engine.Limiter;
import dev.virga.engine.MemoryType;
import dev.virga.engine.Store;
import dev.virga.engine.TableType;
import dev.virga.engine.Trap;
import dev.virga.engine.ValType;
import dev.virga.engine.memory.MemoryImage;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A store: its native memory, the numbers by which generated code knows Java's objects, and the threads inside. */
final class NativeStore implements Store {

    /** What a reference to a Java object is charged. */
    private static final long REFERENCE_BYTES = 64;
    /** What a component of WASI has, about; the list need not grow for it. */
    private static final int USUAL_FUNCTIONS = 160;
    /** In the time of a tick exceptions pass about so many frames or clauses; a throw takes as long as so many. */
    private static final int STEPS_OF_TICK = 1 << 16;
    private static final int STEPS_OF_THROW = 16;
    /** To free so many bytes takes the system about half a millisecond. */
    private static final long MUCH = 8 << 20;
    /** Small pieces share a block of so many bytes. */
    private static final long CHUNK = 8 << 10;

    private final NativeEngine engine;
    private final Limiter limiter;
    private final Account account;
    private final List<NativeMemory> memories = new ArrayList<>();
    private final List<Long> blocks = new ArrayList<>();
    private final List<NativeInstance> instances = new ArrayList<>();
    /** By the number in a function's record; 0 stands for no object yet. */
    private final List<Extern.Func> functions = new ArrayList<>(USUAL_FUNCTIONS);
    /** By external reference; 0 is null. */
    private final List<Object> references = new ArrayList<>();
    private final Map<Object, Integer> referenceNumbers = new IdentityHashMap<>();
    /** Where the next small piece of native memory lies, and where its chunk ends. */
    private long place;
    private long placeEnd;
    private long charged;
    /** By number; 0 is no tag's. */
    private final List<NativeTag> tags = new ArrayList<>();
    /** By the address of their code. */
    private final TreeMap<Long, NativeModule> modules = new TreeMap<>();
    /** Frames and clauses that exceptions passed and that are not charged yet. */
    private int unwound;

    /** The stack of the first thread inside, kept for the next call. */
    private Fiber fiber;
    private final ReentrantLock lock = new ReentrantLock();
    /** The stacks of further threads: a task may be parked in a host function while another runs. */
    private final Set<Fiber> others = new HashSet<>();
    private volatile boolean hasOthers;
    private final Set<Thread> interrupted = new HashSet<>();
    private volatile String reason;
    private volatile boolean closed;
    private volatile boolean freed;

    NativeStore(NativeEngine engine, Limiter limiter) {
        this.engine = engine;
        this.limiter = limiter;
        this.account = limiter.account();
        functions.add(null);
        references.add(null);
        tags.add(null);
        Ticker.storeOpened();
    }

    Limiter limiter() {
        return limiter;
    }

    Account account() {
        return account;
    }

    /** Whether a thread keeps a carrier for this store only in its turn. */
    boolean takesTurns(Thread thread) {
        return account.callsAreLong() && thread.isVirtual();
    }

    // --- threads inside ---

    /** Comes in with a call that needs slots of so many bytes. */
    Fiber enter(int bytes) {
        Thread current = Thread.currentThread();
        Fiber stack = fiber;
        if (stack == null || !stack.isOwnedBy(current)) {
            stack = own(stack, current);
        }
        if (reason != null || closed) {
            throw refused(stack);
        }
        try {
            stack.enter(bytes);
        } catch (Trap overflow) {
            throw left(stack, overflow);
        }
        if (stack.isOutermost() && takesTurns(current)) {
            stack.takeTurn(this);
            if (isInterrupted()) {
                stack.leave();
                throw refused(stack);
            }
        }
        return stack;
    }

    private Fiber own(Fiber first, Thread current) {
        if (hasOthers) {
            Optional<Fiber> nested = ofOthers(current);
            if (nested.isPresent()) {
                return nested.get();
            }
        }
        if (first != null && first.tryOwn(current)) {
            return first;
        }
        Fiber taken = Stacks.take();
        taken.prepare();
        if (!taken.tryOwn(current)) {
            throw new IllegalStateException("a stack of the pool has an owner");
        }
        lock.lock();
        try {
            if (fiber == null && !freed) { // nobody would give it back any more
                fiber = taken;
            } else {
                others.add(taken);
                hasOthers = true;
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private Optional<Fiber> ofOthers(Thread current) {
        lock.lock();
        try {
            return others.stream().filter(stack -> stack.isOwnedBy(current)).findFirst();
        } finally {
            lock.unlock();
        }
    }

    private RuntimeException refused(Fiber stack) {
        return left(stack, reason != null
                ? new Trap(Trap.Kind.INTERRUPTED, "interrupted: " + reason)
                : new IllegalStateException("the store is closed"));
    }

    private RuntimeException left(Fiber stack, RuntimeException thrown) {
        if (stack.isIdle()) {
            release(stack);
        }
        return thrown;
    }

    /** Goes out of a call. */
    void leave(Fiber stack) {
        if (stack.leave()) {
            release(stack);
        }
    }

    private void release(Fiber stack) {
        stack.disown();
        if (stack != fiber) {
            lock.lock();
            try {
                others.remove(stack);
                hasOthers = !others.isEmpty();
            } finally {
                lock.unlock();
            }
            Stacks.give(stack);
        }
        if (reason != null) {
            clearInterrupt();
        }
        if (closed) {
            free();
        }
    }

    /** Whether a thread is inside that will see what was written before this was asked only when it leaves. */
    private boolean isInside() {
        if (others.isEmpty() && (fiber == null || fiber.owner().isEmpty())) {
            return false;
        }
        // A thread that leaves gives up its stack and then reads whether the store is interrupted or closed.
        Fences.heavy();
        return !others.isEmpty() || fiber.owner().isPresent();
    }

    private void clearInterrupt() {
        lock.lock();
        try {
            if (interrupted.remove(Thread.currentThread())) {
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void interrupt(String why) {
        lock.lock();
        try {
            if (reason != null) {
                return;
            }
            reason = why;
            if (isInside()) {
                if (fiber != null) {
                    fiber.owner().ifPresent(interrupted::add);
                }
                others.forEach(stack -> stack.owner().ifPresent(interrupted::add));
            }
            interrupted.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    boolean isInterrupted() {
        return reason != null || closed;
    }

    Optional<String> interruptReason() {
        return Optional.ofNullable(reason);
    }

    /** Charges processor time; the limiter may stop the guest for it. */
    void charge(long nanos) {
        if (!limiter.consume(nanos)) {
            interrupt("its processor time is used up");
        }
    }

    /** Charges for an exception's way past so many frames and clauses: ticks do not see it, since no guest runs. */
    void unwound(int steps) {
        unwound += STEPS_OF_THROW + steps;
        if (unwound >= STEPS_OF_TICK) {
            charge(unwound / STEPS_OF_TICK * Ticker.TICK_NANOS);
            unwound %= STEPS_OF_TICK;
        }
    }

    // --- native memory ---

    /** Zeroed memory that lives as long as the store, aligned to 16, charged to the limiter. */
    long allocate(long bytes) {
        long rounded = bytes + 15 & -16;
        if (rounded > CHUNK / 4) {
            return block(rounded);
        }
        if (rounded > placeEnd - place) {
            place = block(CHUNK);
            placeEnd = place + CHUNK;
        }
        long result = place;
        place += rounded;
        return result;
    }

    private long block(long bytes) {
        if (!limiter.reserve(bytes)) {
            throw new Trap(Trap.Kind.OUT_OF_MEMORY, "allocation refused: " + bytes + " bytes");
        }
        charged += bytes;
        long block = Libc.allocate(bytes);
        blocks.add(block);
        return block;
    }

    void add(NativeMemory memory) {
        memories.add(memory);
    }

    // --- numbers and objects ---

    int add(NativeInstance instance) {
        instances.add(instance);
        modules.put(instance.module().address(), instance.module());
        return instances.size() - 1;
    }

    NativeInstance instance(long block) {
        return instances.get((int) Raw.getLong(block));
    }

    /** The module whose code is at an address. */
    Optional<NativeModule> moduleAt(long pointer) {
        return Optional.ofNullable(modules.floorEntry(pointer)).map(Map.Entry::getValue).filter(m -> m.contains(pointer));
    }

    NativeTag tag(long number) {
        return tags.get((int) number);
    }

    /** Gives a function the number that its record carries. */
    void number(Extern.Func function, long record) {
        functions.add(function);
        Raw.putLong(record + Records.NUMBER, functions.size() - 1);
    }

    HostFunction hostFunction(long record) {
        return (HostFunction) functions.get((int) Raw.getLong(record + Records.NUMBER));
    }

    Extern.Func function(long record) {
        requireOpen();
        int number = (int) Raw.getLong(record + Records.NUMBER);
        return number != 0 ? functions.get(number) : instance(Records.vmctx(record)).newFunction(record);
    }

    /** The Java value of a reference. */
    Object lift(long raw, ValType.Ref type) {
        if (raw == 0) {
            return null;
        }
        return isFunction(type) ? function(raw) : references.get((int) raw);
    }

    /** A reference as generated code has it. */
    long lower(Object value, ValType.Ref type) {
        if (value == null) {
            return 0;
        }
        return isFunction(type) ? record((Extern.Func) value) : reference(value);
    }

    /** As {@link #lift(long, ValType.Ref)}, for generated classes. */
    Object lift(long raw, boolean function) {
        return lift(raw, function ? ValType.Ref.FUNC : ValType.Ref.EXTERN);
    }

    long lower(Object value, boolean function) {
        return lower(value, function ? ValType.Ref.FUNC : ValType.Ref.EXTERN);
    }

    static boolean isFunction(ValType.Ref type) {
        return type.heap() == HeapType.Abstract.FUNC || type.heap() == HeapType.Abstract.NOFUNC;
    }

    /** The exception that a reference means. */
    GuestException exception(long raw) {
        if (references.get((int) raw) instanceof GuestException exception) {
            return exception;
        }
        throw new IllegalArgumentException("the host gave the guest an exception reference that is no GuestException");
    }

    /** The number of an object that a guest has a reference to. */
    long reference(Object value) {
        Integer known = referenceNumbers.get(value);
        if (known != null) {
            return known;
        }
        long bytes = value instanceof GuestException e ? REFERENCE_BYTES * (1 + e.values().size()) : REFERENCE_BYTES;
        if (!limiter.reserve(bytes)) {
            throw new Trap(Trap.Kind.OUT_OF_MEMORY, "allocation refused: a reference to an object");
        }
        charged += bytes;
        references.add(value);
        referenceNumbers.put(value, references.size() - 1);
        return references.size() - 1;
    }

    /** The record of a function of this store. */
    long record(Extern.Func function) {
        return switch (function) {
            case NativeFunction guest when guest.store() == this -> guest.record();
            case HostFunction host when host.store() == this -> host.record();
            default -> throw new IllegalArgumentException("the function is of another store");
        };
    }

    // --- what the host makes ---

    @Override
    public Extern.Func newFunc(FuncType type, Supplier<MethodHandle> handle) {
        return new HostFunction(this, type, handle);
    }

    @Override
    public Extern.Memory newMemory(MemoryType type) {
        return new NativeMemory(
                type, engine.memorySource(MemoryImage.EMPTY, NativeMemory.maxPages(type)), this, allocate(16));
    }

    @Override
    public Extern.Table newTable(TableType type) {
        return new NativeTable(type, this, allocate(16));
    }

    @Override
    public Extern.Global newGlobal(GlobalType type, Object value) {
        NativeGlobal global = new NativeGlobal(type, this, allocate(16));
        global.put(value);
        return global;
    }

    @Override
    public Extern.Tag newTag(FuncType type) {
        NativeTag tag = new NativeTag(type, this, tags.size());
        tags.add(tag);
        return tag;
    }

    /** @throws IllegalStateException if the native memory of this store is gone */
    void requireOpen() {
        if (freed) {
            throw new IllegalStateException("the store is closed");
        }
    }

    NativeEngine engine() {
        return engine;
    }

    // --- the end ---

    @Override
    public void close() {
        // To free much memory takes long, too. What was stopped goes at once.
        Optional<Turn> turn = holdsMuch() && !isInterrupted() && takesTurns(Thread.currentThread())
                ? Optional.of(Scheduler.turn(this))
                : Optional.empty();
        try {
            if (markClosed()) {
                Ticker.storeClosed();
                free();
            }
        } finally {
            turn.ifPresent(Turn::end);
        }
    }

    private boolean holdsMuch() {
        long bytes = 0;
        for (int i = 0; i < memories.size(); i++) { // a guest that is still inside may add one
            bytes += memories.get(i).segment().byteSize();
        }
        return bytes > MUCH;
    }

    private boolean markClosed() {
        lock.lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            lock.unlock();
        }
    }

    /** Frees everything once no thread is inside: guests that still run end at their next tick or host call. */
    private void free() {
        Fiber last;
        lock.lock();
        try {
            if (freed || isInside()) {
                return;
            }
            freed = true;
            last = fiber;
            fiber = null;
        } finally {
            lock.unlock();
        }
        if (last != null) {
            Stacks.give(last);
        }
        memories.forEach(NativeMemory::close);
        blocks.forEach(Libc::free);
        limiter.release(charged);
    }
}
