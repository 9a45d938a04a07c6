package dev.virga.engine.portable;

import dev.virga.engine.GuestException;
import dev.virga.engine.ModuleException;
import dev.virga.engine.Trap;
import dev.virga.engine.Trap.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import run.endive.runtime.WasmException;
import run.endive.runtime.WasmInterruptedException;
import run.endive.wasm.WasmEngineException;

/** What leaves a guest as an exception: traps with the guest's backtrace, or what a host function threw. */
final class Traps {

    /** How Endive words its traps, where it is not the wording of {@link Kind#text()}. */
    private static final Map<String, Kind> ENDIVE = Map.of(
            "Trapped on unreachable instruction", Kind.UNREACHABLE,
            "null function reference", Kind.NULL_REFERENCE,
            "null structure reference", Kind.NULL_REFERENCE,
            "null array reference", Kind.NULL_REFERENCE,
            "null i31 reference", Kind.NULL_REFERENCE,
            "null exception reference", Kind.NULL_REFERENCE,
            "Attempt to wait on a non-shared memory", Kind.EXPECTED_SHARED_MEMORY);

    private Traps() {}

    /** Carries an exception of a host function through the guest, which must not take it for its own. */
    static final class HostFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        HostFailure(Throwable cause) {
            super(null, cause, false, false);
        }
    }

    /** What the host gets for an exception that came out of a guest. */
    static Throwable outgoing(Throwable thrown, PortableStore store) {
        Optional<String> reason = store.interruptReason();
        if (reason.isPresent()) {
            return new Trap(Kind.INTERRUPTED, "interrupted: " + reason.get(), backtrace(thrown, store));
        }
        return switch (thrown) {
            case HostFailure e -> e.getCause();
            case Trap e -> e;
            case ModuleException e -> e;
            case GuestTrap e -> trap(e.kind(), e.getMessage(), e, store);
            case WasmException e -> guestException(e, store);
            case StackOverflowError e -> trap(Kind.STACK_OVERFLOW, Kind.STACK_OVERFLOW.text(), e, store);
            case OutOfMemoryError e -> trap(Kind.OUT_OF_MEMORY, "allocation refused: no heap left", e, store);
            case WasmInterruptedException e ->
                trap(Kind.INTERRUPTED, "interrupted: the thread was interrupted", e, store);
            case WasmEngineException e when e.getCause() instanceof StackOverflowError ->
                trap(Kind.STACK_OVERFLOW, Kind.STACK_OVERFLOW.text(), e, store);
            case WasmEngineException e -> trap(kind(e), e.getMessage(), e, store);
            case LinkageError e -> refused(e);
            case RuntimeException e -> trap(kind(e), String.valueOf(e.getMessage()), e, store);
            default -> thrown;
        };
    }

    /** The JVM did not take a class that Endive's compiler made. */
    static ModuleException refused(LinkageError e) {
        return new ModuleException.Unsupported("the JVM refused compiled code: " + e);
    }

    private static Trap trap(Kind kind, String message, Throwable thrown, PortableStore store) {
        // Endive adds figures to some texts; the host reads the specification's wording first.
        String text = message.startsWith(kind.text()) ? message : kind.text();
        return new Trap(kind, text, backtrace(thrown, store));
    }

    private static Kind kind(WasmEngineException e) {
        String message = String.valueOf(e.getMessage());
        for (Kind kind : Kind.values()) {
            if (message.startsWith(kind.text())) {
                return kind;
            }
        }
        return ENDIVE.entrySet().stream()
                .filter(known -> message.startsWith(known.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> e);
    }

    /** Where Endive leaves a check to the JVM. Host functions' exceptions do not come here. */
    private static Kind kind(RuntimeException e) {
        return switch (e) {
            case ArithmeticException a -> Kind.INTEGER_DIVIDE_BY_ZERO;
            case IndexOutOfBoundsException a -> Kind.ARRAY_OUT_OF_BOUNDS;
            case NegativeArraySizeException a -> Kind.OUT_OF_MEMORY;
            case NullPointerException a -> Kind.NULL_REFERENCE;
            case ClassCastException a -> Kind.CAST_FAILURE;
            default -> throw e;
        };
    }

    private static GuestException guestException(WasmException e, PortableStore store) {
        GuestMachine machine = (GuestMachine) e.instance().getMachine();
        GuestTag tag = machine.tag(e.tagIdx());
        List<run.endive.wasm.types.ValType> types = tag.instance().type().params();
        Object[] values = new Object[types.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = types.get(i).isObjectRef()
                    ? e.refArgs()[i]
                    : Conversions.box(e.args()[i], types.get(i), machine);
        }
        return new GuestException(tag, java.util.Arrays.asList(values));
    }

    /** The guest's frames on a Java stack. */
    static List<Trap.Frame> backtrace(Throwable thrown, PortableStore store) {
        List<Trap.Frame> frames = new ArrayList<>();
        Throwable source = thrown.getCause() instanceof StackOverflowError cause ? cause : thrown;
        for (StackTraceElement element : source.getStackTrace()) {
            String loader = element.getClassLoaderName();
            if (loader != null && element.getMethodName().startsWith(ClassRewriter.FUNCTION)) {
                int function = Integer.parseInt(element.getMethodName().substring(ClassRewriter.FUNCTION.length()));
                store.module(loader).ifPresent(module -> frames.add(module.frame(function)));
            }
        }
        return frames;
    }
}
