package dev.virga.engine.portable;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.Limiter;
import dev.virga.engine.MemoryType;
import dev.virga.engine.Store;
import dev.virga.engine.TableType;
import dev.virga.engine.Trap;
import dev.virga.engine.memory.MemoryImage;
import dev.virga.engine.memory.MemorySource;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import run.endive.runtime.TagInstance;

/**
 * A store: its memories and tables, and the threads that are inside.
 *
 * <p>Endive's loops and calls poll the thread's interrupt flag, and so do blocking host calls. So
 * {@link #interrupt} interrupts the threads inside, and whoever leaves the store takes the flag
 * back that was set for it.
 */
final class PortableStore implements Store {

    private static final VarHandle INSIDE;

    static {
        try {
            INSIDE = MethodHandles.lookup().findVarHandle(PortableStore.class, "inside", Thread.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final PortableEngine engine;
    private final Limiter limiter;
    private final List<LinearMemory> memories = new ArrayList<>();
    private final List<GuestTable> tables = new ArrayList<>();
    private final Map<TagInstance, GuestTag> tags = new IdentityHashMap<>();
    private final Map<String, PortableModule> modules = new HashMap<>();

    /** The thread inside, where it is one; further ones (parked tasks) are in {@link #others}. */
    private volatile Thread inside;
    private int depth;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Thread, Integer> others = new HashMap<>();
    private final Set<Thread> interrupted = new HashSet<>();
    private volatile String reason;
    private boolean closed;

    PortableStore(PortableEngine engine, Limiter limiter) {
        this.engine = engine;
        this.limiter = limiter;
    }

    Limiter limiter() {
        return limiter;
    }

    /** A thread comes in. */
    void enter() {
        Thread current = Thread.currentThread();
        if (inside == current) {
            depth++;
        } else if (INSIDE.compareAndSet(this, null, current)) {
            depth = 1;
        } else {
            lock.lock();
            try {
                others.merge(current, 1, Integer::sum);
            } finally {
                lock.unlock();
            }
        }
        if (reason != null || closed) {
            leave();
            checkInterrupted();
            throw new IllegalStateException("the store is closed");
        }
    }

    /** A thread goes out. */
    void leave() {
        Thread current = Thread.currentThread();
        if (inside == current) {
            if (--depth > 0) {
                return;
            }
            inside = null;
        } else if (leaveOthers(current)) {
            return;
        }
        if (reason != null) {
            clearInterrupt(current);
        }
    }

    /** Whether the thread is still inside. */
    private boolean leaveOthers(Thread current) {
        lock.lock();
        try {
            return others.computeIfPresent(current, (thread, count) -> count == 1 ? null : count - 1) != null;
        } finally {
            lock.unlock();
        }
    }

    private void clearInterrupt(Thread current) {
        lock.lock();
        try {
            if (interrupted.remove(current)) {
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
            Thread first = inside;
            if (first != null) {
                interrupted.add(first);
            }
            interrupted.addAll(others.keySet());
            interrupted.forEach(Thread::interrupt);
        } finally {
            lock.unlock();
        }
    }

    Optional<String> interruptReason() {
        return Optional.ofNullable(reason);
    }

    void checkInterrupted() {
        String why = reason;
        if (why != null) {
            throw new Trap(Trap.Kind.INTERRUPTED, "interrupted: " + why);
        }
    }

    void add(PortableModule module) {
        modules.put(module.loaderName(), module);
    }

    /** The module whose classes the loader of this name holds, if the store has an instance of it. */
    Optional<PortableModule> module(String loaderName) {
        return Optional.ofNullable(modules.get(loaderName));
    }

    LinearMemory memory(MemoryType type, MemorySource source) {
        LinearMemory memory = new LinearMemory(type, source, limiter);
        memories.add(memory);
        return memory;
    }

    GuestTable add(GuestTable table) {
        tables.add(table);
        return table;
    }

    GuestTag tag(TagInstance instance, FuncType type, Optional<ModuleTypes> types) {
        return tags.computeIfAbsent(instance, key -> new GuestTag(key, type, types));
    }

    @Override
    public Extern.Func newFunc(FuncType type, Supplier<MethodHandle> handle) {
        return new HostFunction(type, handle);
    }

    @Override
    public Extern.Memory newMemory(MemoryType type) {
        return memory(type, engine.memorySource(MemoryImage.EMPTY, LinearMemory.maxPages(type)));
    }

    @Override
    public Extern.Table newTable(TableType type) {
        return GuestTable.ofHost(type, this).view();
    }

    @Override
    public Extern.Global newGlobal(GlobalType type, Object value) {
        return GuestGlobal.ofHost(type, value, this);
    }

    @Override
    public Extern.Tag newTag(FuncType type) {
        TagInstance instance = new TagInstance(
                new run.endive.wasm.types.TagType((byte) 0, 0), HostTypes.functionType(type));
        return tag(instance, type, Optional.empty());
    }

    /** An instance that holds a host function, so that a table can hold it. */
    GuestFunction cell(HostFunction function) {
        PortableInstance instance = (PortableInstance)
                engine.compile(HostTypes.cell(function.type())).instantiate(this, List.of(function));
        return instance.machine().ownFunction(0);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        memories.forEach(LinearMemory::close);
        tables.forEach(GuestTable::close);
    }
}
