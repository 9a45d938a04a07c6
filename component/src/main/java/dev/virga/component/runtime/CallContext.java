package dev.virga.component.runtime;

import dev.virga.component.abi.LiftLowerContext;
import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.component.type.ResourceType;
import dev.virga.engine.Extern;
import dev.virga.engine.GuestException;
import dev.virga.engine.Trap;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** What lifted and lowered functions share: one component instance's memory, allocator and handles. */
abstract sealed class CallContext implements LiftLowerContext permits LiftContext, LowerContext {

    final Root root;
    final GuestInstance instance;
    private final StringEncoding encoding;
    private final Extern.Memory memory;
    private final MethodHandle realloc;

    /** Whether the other side of the call is the host, which sees a guest's resource as a {@link HostHandle}. */
    private final boolean peerIsHost;

    /** The borrows of the innermost running call; null where the function's type has none. */
    BorrowScope scope;

    CallContext(Root root, int instance, Options options, boolean peerIsHost) {
        this.root = root;
        this.instance = root.instance(instance);
        this.encoding = options.encoding();
        this.memory = options.memory().map(root::memory).orElse(null);
        this.realloc = options.realloc().map(root::function).orElse(null);
        this.peerIsHost = peerIsHost;
    }

    @Override
    public final MemorySegment memory() {
        return memory.segment();
    }

    @Override
    public final StringEncoding encoding() {
        return encoding;
    }

    @Override
    public final int realloc(int oldPointer, int oldSize, int alignment, int newSize) {
        instance.mayLeave = false;
        int pointer;
        try {
            pointer = (int) realloc.invokeExact(oldPointer, oldSize, alignment, newSize);
        } catch (GuestException e) {
            throw Calls.uncaught(e);
        } catch (Throwable e) {
            throw Calls.<RuntimeException>sneak(e);
        }
        instance.mayLeave = true;
        return pointer;
    }

    @Override
    public final Object liftOwn(ResourceType type, int index) {
        ResourceHandle handle = instance.handles.remove(index, type);
        if (!handle.owns()) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot lift own resource from a borrow");
        }
        root.inFlight(handle.representation);
        return peerIsHost && handle.representation instanceof Representation guest
                ? HostHandle.owned(guest)
                : handle.representation;
    }

    @Override
    public final Object liftBorrow(ResourceType type, int index) {
        ResourceHandle handle = instance.handles.get(index, type);
        scope.lend(handle);
        return peerIsHost && handle.representation instanceof Representation guest
                ? HostHandle.borrowed(guest, scope)
                : handle.representation;
    }

    @Override
    public final int lowerOwn(ResourceType type, Object value) {
        Object representation = peerIsHost ? ownedByHost(type, value) : value;
        root.inFlight(representation);
        int index = instance.handles.add(new ResourceHandle(type, representation, null));
        root.landed(representation);
        return index;
    }

    @Override
    public final int lowerBorrow(ResourceType type, Object value) {
        Object representation = peerIsHost ? lentByHost(type, value) : value;
        // a component sees its own resource as what stands for it, without a handle (lower_borrow)
        if (type instanceof GuestResourceType guest && guest.instance == instance.number) {
            return ((Representation) representation).value();
        }
        int index = instance.handles.add(new ResourceHandle(type, representation, scope));
        scope.borrows++;
        return index;
    }

    private Object ownedByHost(ResourceType type, Object value) {
        return type instanceof HostResourceType host ? host.check(value) : hostHandle(type, value).take();
    }

    private Object lentByHost(ResourceType type, Object value) {
        return type instanceof HostResourceType host ? host.check(value) : hostHandle(type, value).lend(scope);
    }

    /** The host's handle of a guest's resource, if it is one of this very type and instance. */
    private HostHandle hostHandle(ResourceType type, Object value) {
        if (value instanceof HostHandle handle) {
            Representation representation = handle.representation();
            boolean fits = type instanceof ForeignResourceType foreign
                    ? representation.type() == foreign.original && representation.root() == foreign.owner
                    : representation.type() == type && representation.root() == root;
            if (fits) {
                return handle;
            }
            throw new IllegalArgumentException("a resource of the type " + representation.type()
                    + " is not one of the type " + type + " of this instance");
        }
        throw new IllegalArgumentException("a resource of the type " + type
                + " must be a GuestResource that its component gave out, not "
                + (value == null ? "null" : "a " + value.getClass().getName()));
    }
}
