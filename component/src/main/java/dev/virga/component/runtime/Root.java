package dev.virga.component.runtime;

import dev.virga.engine.CoreInstance;
import dev.virga.engine.Extern;
import dev.virga.engine.GuestException;
import dev.virga.engine.Limiter;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** An instance of a plan: one store, all component instances in it, flat and by position. */
public final class Root implements AutoCloseable {

    final Plan plan;
    private final Store store;
    private final Object data;
    private final Quota quota;
    private final GuestInstance[] instances;
    private final CoreInstance[] cores;
    private final Extern.Func[] canons;
    private final LiftContext[] calledByHost;
    private final Object[] implementations;
    private final Lazy<Item> offered = new Lazy<>(() -> Foreign.exports(this));
    /** Owned resources that have left one table and not yet reached their next owner. */
    private final List<Object> inFlight = new ArrayList<>(0);

    private final Lazy<EventLoop> loop = new Lazy<>(() -> new EventLoop(this));

    private volatile Throwable failure;
    private volatile boolean closed;

    /** Why it was interrupted; empty if it was not. */
    private volatile Optional<String> interrupted = Optional.empty();

    /** Instantiates the plan. */
    public Root(Plan plan, Store store, Object data, Limiter limiter, int handleLimit) {
        this.plan = plan;
        this.store = store;
        this.data = data;
        this.quota = new Quota(limiter, handleLimit);
        this.instances = new GuestInstance[plan.parents().length];
        this.cores = new CoreInstance[plan.modules().size()];
        this.canons = new Extern.Func[plan.canons().size()];
        this.calledByHost = new LiftContext[plan.lifts().size()];
        this.implementations = new Object[plan.implementations().size()];
        for (int i = 0; i < instances.length; i++) {
            instances[i] = new GuestInstance(this, i, quota);
        }
        try {
            acquire();
            for (int i = 0; i < cores.length; i++) {
                cores[i] = instantiate(plan.modules().get(i));
            }
        } catch (Throwable e) {
            failure = e;
            throw e;
        } finally {
            release();
            if (failure != null) {
                close();
            }
        }
    }

    /** Gets the turn to run guest code, where others may have it. */
    Root acquire() {
        if (plan.isConcurrent()) {
            loop().acquire();
        }
        return this;
    }

    void release() {
        if (plan.isConcurrent()) {
            loop().release();
        }
    }

    /** Does something in its turn; a failure leaves the instance unusable. */
    <T> T guarded(Supplier<T> action) {
        acquire();
        try {
            return action.get();
        } catch (Throwable e) {
            poison(e);
            throw e;
        } finally {
            release();
        }
    }

    EventLoop loop() {
        return loop.get();
    }

    Quota quota() {
        return quota;
    }

    private CoreInstance instantiate(Plan.Instantiate step) {
        List<Extern> imports = new ArrayList<>(step.imports().length);
        for (Item.Core item : step.imports()) {
            imports.add(extern(item));
        }
        // a start function runs inside its component, which nobody may enter meanwhile
        GuestInstance[] entered = entered(instances[step.instance()], Optional.empty());
        enter(entered);
        GuestThread before = instances[step.instance()].enterSync();
        CoreInstance made = step.module().instantiate(store, imports);
        instances[step.instance()].exitSync(before);
        leave(entered);
        return made;
    }

    /** Functions of another plan's are not for this instance. */
    public void checkMadeBy(Plan other) {
        if (plan != other) {
            throw new IllegalArgumentException("the function is of another component than the instance");
        }
    }

    /** The exports for other roots to import. */
    public Item offered() {
        return offered.get();
    }

    Object data() {
        return data;
    }

    GuestInstance instance(int number) {
        return instances[number];
    }

    private Extern extern(Item.Core item) {
        return switch (item) {
            case Item.CoreExport export -> cores[export.instance()].export(export.export());
            case Item.CoreCanon canon -> canon(canon.index());
        };
    }

    private Extern.Func canon(int index) {
        if (canons[index] == null) {
            Canon definition = plan.canons().get(index);
            canons[index] = store.newFunc(definition.type(), () -> definition.handle(this));
        }
        return canons[index];
    }

    MethodHandle function(Item.Core item) {
        return ((Extern.Func) extern(item)).handle();
    }

    Extern.Table table(Item.Core item) {
        return (Extern.Table) extern(item);
    }

    Extern.Memory memory(Item.Core item) {
        return (Extern.Memory) extern(item);
    }

    /** The object that host functions of this number are called on. */
    Object implementation(int number) {
        if (implementations[number] == null) {
            implementations[number] = plan.implementations().get(number).of(data);
        }
        return implementations[number];
    }

    /** The context of a lifted function that the host calls. */
    LiftContext calledByHost(int lift) {
        if (calledByHost[lift] == null) {
            if (closed) {
                throw cannotEnter();
            }
            calledByHost[lift] = new LiftContext(this, plan.lifts().get(lift), Optional.empty());
        }
        return calledByHost[lift];
    }

    /**
     * The instances that a call from {@code caller} into {@code callee} enters: the callee and those
     * around it that the caller is not in already ({@code entering_set}).
     */
    GuestInstance[] entered(GuestInstance callee, Optional<GuestInstance> caller) {
        List<GuestInstance> entered = new ArrayList<>(2);
        for (int i = callee.number; i >= 0; i = plan.parents()[i]) {
            if (caller.isEmpty() || !contains(i, caller.get().number)) {
                entered.add(instances[i]);
            }
        }
        return entered.toArray(GuestInstance[]::new);
    }

    /** Whether they are one, or one contains the other. */
    boolean related(GuestInstance a, GuestInstance b) {
        return contains(a.number, b.number) || contains(b.number, a.number);
    }

    private boolean contains(int outer, int inner) {
        for (int i = inner; i >= 0; i = plan.parents()[i]) {
            if (i == outer) {
                return true;
            }
        }
        return false;
    }

    /** Whether a call may enter these instances now. */
    boolean mayEnter(GuestInstance[] entered) {
        for (GuestInstance instance : entered) {
            if (!instance.mayEnter) {
                return false;
            }
        }
        return true;
    }

    void enter(GuestInstance[] entered) {
        if (isGone() || !mayEnter(entered)) {
            throw cannotEnter();
        }
        for (GuestInstance instance : entered) {
            instance.mayEnter = false;
        }
    }

    void leave(GuestInstance[] entered) {
        for (GuestInstance instance : entered) {
            instance.mayEnter = true;
        }
    }

    /** Whether nothing can run in it again. */
    boolean isGone() {
        return failure != null || closed;
    }

    /** Traps if nothing can run in it again, or was told to stop. */
    void checkUsable() {
        if (isGone()) {
            throw cannotEnter();
        }
        if (interrupted.isPresent()) {
            throw new Trap(Trap.Kind.INTERRUPTED, "interrupted: " + interrupted.get());
        }
    }

    Trap cannotEnter() {
        String why = "";
        if (closed) {
            why = ": it was closed";
        } else if (failure != null) {
            why = ": an earlier call failed (" + Optional.ofNullable(failure.getMessage()).orElse(failure.toString()) + ")";
        }
        return new Trap(Trap.Kind.CANONICAL_ABI, "cannot enter component instance" + why);
    }

    /** Nothing may run in this instance again: a trap leaves it in the middle of something. */
    void poison(Throwable cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Runs a resource's destructor, called from {@code caller} or, where null, from the host. */
    void destroy(Representation resource, GuestInstance caller) {
        // with its instance the resource is gone
        if (isGone()) {
            return;
        }
        boolean foreign = caller == null || caller.root != this;
        if (foreign) {
            guarded(() -> {
                runDestructor(resource, Optional.empty());
                return resource;
            });
        } else {
            runDestructor(resource, Optional.of(caller));
        }
    }

    private void runDestructor(Representation resource, Optional<GuestInstance> caller) {
        GuestInstance implementor = instances[resource.type().instance];
        GuestInstance[] entered = entered(implementor, caller);
        enter(entered);
        if (resource.type().destructor.isPresent()) {
            GuestThread before = implementor.enterSync();
            try {
                function(resource.type().destructor.get()).invokeExact(resource.value());
            } catch (GuestException e) {
                throw Calls.uncaught(e);
            } catch (Throwable e) {
                throw Calls.<RuntimeException>sneak(e);
            }
            implementor.exitSync(before);
        }
        leave(entered);
    }

    /** A call takes this resource along; should it trap on the way, the resource is closed with the instance. */
    void inFlight(Object resource) {
        inFlight.add(resource);
    }

    void landed(Object resource) {
        // among the last ones: a call rarely takes more than one
        for (int i = inFlight.size() - 1; i >= 0; i--) {
            if (inFlight.get(i) == resource) {
                inFlight.remove(i);
                return;
            }
        }
    }

    /** All resources on their way have reached the host. */
    void landed() {
        if (!inFlight.isEmpty()) {
            inFlight.clear();
        }
    }

    public void interrupt(String reason) {
        interrupted = Optional.of(reason);
        store.interrupt(reason);
        if (plan.isConcurrent()) {
            loop().interrupt();
        }
    }

    /** Runs tasks, those that go on after their calls have returned, until none is left. */
    public void runTasks() {
        if (plan.isConcurrent()) {
            guarded(() -> {
                loop().runAll();
                return this;
            });
        }
    }

    /** How many handles the component instances hold. */
    public int handles() {
        return quota.handles();
    }

    /** Closes the host's resources that guests still own, the newest first, then the store. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (!plan.isConcurrent()) {
            closed = true;
            free();
            return;
        }
        if (loop().isRunner()) {
            throw new IllegalStateException("an instance cannot be closed by a function that it calls");
        }
        store.interrupt("the instance was closed");
        loop().interrupt();
        loop().acquire();
        try {
            if (!closed) {
                closed = true;
                loop().close();
                free();
            }
        } finally {
            loop().release();
        }
    }

    private void free() {
        List<Throwable> failures = new ArrayList<>(0);
        for (Object resource : inFlight) {
            attempt(() -> release(resource), failures);
        }
        for (int i = instances.length - 1; i >= 0; i--) {
            for (Handle handle : instances[i].handles.newestFirst()) {
                if (handle instanceof ResourceHandle resource && resource.owns()) {
                    attempt(() -> release(resource.representation), failures);
                }
            }
        }
        if (plan.isConcurrent()) {
            loop().writers().forEach(writer -> attempt(writer::unwanted, failures));
        }
        attempt(store::close, failures);
        attempt(quota::close, failures);
        if (!failures.isEmpty()) {
            Throwable first = failures.removeFirst();
            failures.forEach(first::addSuppressed);
            throw Calls.<RuntimeException>sneak(first);
        }
    }

    /** Another root's resource is told; this root's own resources vanish with it. */
    private void release(Object representation) {
        if (!(representation instanceof Representation guest)) {
            HostResourceType.drop(representation);
        } else if (guest.root() != this) {
            guest.destroy(null);
        }
    }

    private static void attempt(Runnable step, List<Throwable> failures) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            failures.add(e);
        }
    }
}
