package dev.virga.component.runtime;

import dev.virga.component.abi.LiftLowerContext;
import dev.virga.component.ErrorContext;
import dev.virga.component.abi.Codec;
import dev.virga.component.abi.Elements;
import dev.virga.component.binary.AsyncCanon.End;
import dev.virga.component.binary.AsyncCanon.Kind;
import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.component.type.ResourceType;
import dev.virga.component.type.ValueType;
import dev.virga.engine.Extern;
import dev.virga.engine.GuestException;
import dev.virga.engine.Trap;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** What lifted and lowered functions share: one component instance's memory, allocator and handles. */
abstract sealed class CallContext implements LiftLowerContext permits LiftContext, LowerContext, BuiltinContext {

    final Root root;
    final GuestInstance instance;
    final Options options;
    private final Extern.Memory memory;
    private final MethodHandle realloc;

    /** Whether the other side of the call is the host, which sees a guest's resource as a {@link HostHandle}. */
    private final boolean peerIsHost;

    /** The borrows of the innermost running call; null where the function's type has none. */
    BorrowScope scope;

    CallContext(Root root, int instance, Options options, boolean peerIsHost) {
        this.root = root;
        this.instance = root.instance(instance);
        this.options = options;
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
        return options.encoding();
    }

    @Override
    public final int realloc(int oldPointer, int oldSize, int alignment, int newSize) {
        instance.mayLeave = false;
        GuestThread caller = instance.enterSync();
        int pointer;
        try {
            pointer = (int) realloc.invokeExact(oldPointer, oldSize, alignment, newSize);
        } catch (GuestException e) {
            throw Calls.uncaught(e);
        } catch (Throwable e) {
            throw Calls.<RuntimeException>sneak(e);
        }
        instance.exitSync(caller);
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

    @Override
    public final Object liftAsyncValue(ValueType type, Optional<Codec> element, int index) {
        Kind kind = type instanceof ValueType.Stream ? Kind.STREAM : Kind.FUTURE;
        Shared shared = instance.handles.takeReadable(index, kind, root.plan.elements().key(element(type)));
        if (!peerIsHost) {
            return shared;
        }
        HostEnd end = new HostEnd(root, shared, element.map(Elements::new));
        if (kind == Kind.FUTURE) {
            return new GuestFuture<>(end);
        }
        return element(type).filter(e -> e == ValueType.Primitive.U8).isPresent()
                ? new GuestBytes(end)
                : new GuestStream<>(end);
    }

    @Override
    public final int lowerAsyncValue(ValueType type, Optional<Codec> element, Object value) {
        Kind kind = type instanceof ValueType.Stream ? Kind.STREAM : Kind.FUTURE;
        Shared shared = peerIsHost ? sharedWithHost(kind, type, element.map(Elements::new), value) : (Shared) value;
        return new CopyEnd(instance, kind, End.READABLE, shared).add();
    }

    private static Optional<ValueType> element(ValueType type) {
        return switch (type) {
            case ValueType.Stream(var element) -> element;
            case ValueType.Future(var element) -> element;
            default -> throw new IllegalArgumentException(type + " has no elements");
        };
    }

    private Shared sharedWithHost(Kind kind, ValueType type, Optional<Elements> elements, Object value) {
        Optional<HostEnd> guests = switch (value) {
            case GuestBytes bytes -> Optional.of(bytes.end());
            case GuestStream<?> stream -> Optional.of(stream.end());
            case GuestFuture<?> future -> Optional.of(future.end());
            default -> Optional.empty();
        };
        return guests.flatMap(end -> end.takenBack(root)).orElseGet(() -> {
            ElementTypes.Key key = root.plan.elements().key(element(type));
            Shared shared = kind == Kind.STREAM ? new SharedStream(key) : new SharedFuture(key);
            HostWriter writer = kind == Kind.STREAM
                    ? new HostStreamWriter(root.loop(), shared, elements, value)
                    : new HostFutureWriter(root.loop(), shared, elements, (Future<?>) value);
            shared.writtenBy(writer);
            root.loop().addWriter(writer);
            return shared;
        });
    }

    @Override
    public final ErrorContext liftErrorContext(int index) {
        return instance.handles.errorContext(index);
    }

    @Override
    public final int lowerErrorContext(ErrorContext value) {
        return instance.handles.add(new ErrorContextHandle(value));
    }

    /** Lifts or lowers on behalf of a call whose borrows are in this scope, while calls of others may be under way. */
    final <T> T scoped(BorrowScope call, Supplier<T> values) {
        BorrowScope before = scope;
        scope = call;
        T result = values.get();
        scope = before;
        return result;
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
