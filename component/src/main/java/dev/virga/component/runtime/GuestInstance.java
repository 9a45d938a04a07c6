package dev.virga.component.runtime;

import dev.virga.component.type.ResourceType;
import dev.virga.engine.Trap;
import java.util.Optional;

/** The state of one component instance ({@code ComponentInstance} of the Canonical ABI). */
final class GuestInstance {

    final Root root;

    /** The number of this component instance in the plan. */
    final int number;

    final HandleTable handles;

    private final ThreadTable threads = new ThreadTable();
    private final boolean concurrent;
    private final boolean blocking;
    private final boolean threaded;

    /** The thread of a synchronous call that has ended, for the next one; null for none. */
    private GuestThread idle;
    private GuestInstance[] enteredByHost = {};

    /** False while a call runs in this instance or in one that it contains. */
    boolean mayEnter = true;

    /** False while realloc and post-return run. */
    boolean mayLeave = true;

    /** How many times {@code backpressure.inc} was called and not taken back. */
    int backpressure;

    private Rooms rooms;

    int waitingToEnter;

    /** How many calls are under way whose callers wait on the stack. */
    int syncCalls;

    /** Of the threads of tasks that need to be the only one, the one that runs guest code or blocks in it. */
    private Optional<GuestThread> exclusive = Optional.empty();

    GuestInstance(Root root, int number, Quota quota) {
        this.root = root;
        this.number = number;
        this.handles = new HandleTable(quota);
        this.concurrent = root.plan.concurrent().get(number);
        this.blocking = root.plan.blocking().get(number);
        this.threaded = root.plan.threaded().get(number);
    }

    /** Whether guest code in it can block: then each of its tasks needs a stack of its own. */
    boolean mayBlock() {
        return blocking;
    }

    /**
     * A call begins whose caller waits for it on the stack. Only instances that can tell have a thread
     * made for it.
     *
     * @return the thread that ran before; null for none
     */
    GuestThread enterSync() {
        if (!concurrent) {
            return null;
        }
        GuestThread thread = idle == null ? new GuestThread(new SyncTask(this), _ -> {}) : idle;
        idle = null;
        thread.register();
        syncCalls++;
        return root.loop().switchTo(thread);
    }

    /** Such a call ends. */
    void exitSync(GuestThread caller) {
        if (concurrent) {
            GuestThread ended = root.loop().switchTo(caller);
            ended.unregister();
            ended.forget();
            idle = ended;
            syncCalls--;
        }
    }

    Optional<GuestThread> exclusive() {
        return exclusive;
    }

    void claim(GuestThread thread) {
        exclusive = Optional.of(thread);
    }

    void release() {
        exclusive = Optional.empty();
        rooms().wake();
    }

    /** Made when the first task needs it: most instances have none. */
    Rooms rooms() {
        if (rooms == null) {
            rooms = new Rooms(this);
        }
        return rooms;
    }

    ThreadTable threads() {
        return threads;
    }

    /** Gives a thread its index, in instances that ask for such. */
    int addThread(GuestThread thread) {
        return threaded ? threads.add(thread) : 0;
    }

    void removeThread(int index) {
        if (index != 0) {
            threads.remove(index);
        }
    }

    /** The thread that runs in it. */
    GuestThread thread() {
        return root.loop().current();
    }

    GuestInstance[] enteredByHost() {
        if (enteredByHost.length == 0) {
            enteredByHost = root.entered(this, Optional.empty());
        }
        return enteredByHost;
    }

    void checkMayLeave() {
        if (!mayLeave) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot leave component instance");
        }
    }

    /** {@code canon resource.new} */
    int resourceNew(GuestResourceType type, int representation) {
        checkMayLeave();
        return handles.add(new ResourceHandle(type, new Representation(root, type, representation), null));
    }

    /** {@code canon resource.drop} */
    void resourceDrop(ResourceType type, int index) {
        checkMayLeave();
        ResourceHandle handle = handles.remove(index, type);
        if (!handle.owns()) {
            handle.scope.borrows--;
        } else if (handle.representation instanceof Representation guest) {
            guest.destroy(this);
        } else {
            HostResourceType.drop(handle.representation);
        }
    }

    /** {@code canon resource.rep} */
    int resourceRep(GuestResourceType type, int index) {
        return ((Representation) handles.get(index, type).representation).value();
    }
}
