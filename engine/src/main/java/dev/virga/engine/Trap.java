package dev.virga.engine;

import java.util.List;
import java.util.Optional;

/**
 * A guest broke a rule of WebAssembly or of the Canonical ABI, or was stopped. Carries the
 * guest's own backtrace, innermost frame first, instead of a Java one.
 */
public final class Trap extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final int MOST_SHOWN = 32;

    /** Why the guest was stopped. */
    public enum Kind {
        UNREACHABLE("unreachable"),
        INTEGER_DIVIDE_BY_ZERO("integer divide by zero"),
        INTEGER_OVERFLOW("integer overflow"),
        INVALID_CONVERSION("invalid conversion to integer"),
        MEMORY_OUT_OF_BOUNDS("out of bounds memory access"),
        TABLE_OUT_OF_BOUNDS("out of bounds table access"),
        UNDEFINED_ELEMENT("undefined element"),
        UNINITIALIZED_ELEMENT("uninitialized element"),
        INDIRECT_CALL_TYPE_MISMATCH("indirect call type mismatch"),
        NULL_REFERENCE("null reference"),
        CAST_FAILURE("cast failure"),
        ARRAY_OUT_OF_BOUNDS("out of bounds array access"),
        UNALIGNED_ATOMIC("unaligned atomic"),
        EXPECTED_SHARED_MEMORY("expected shared memory"),
        STACK_OVERFLOW("call stack exhausted"),
        OUT_OF_MEMORY("allocation refused"),
        INTERRUPTED("interrupted"),
        /** A rule of the component model; the message says which. */
        CANONICAL_ABI("component model");

        private final String text;

        Kind(String text) {
            this.text = text;
        }

        /** The wording of the core specification's test suite. */
        public String text() {
            return text;
        }
    }

    /**
     * One frame of a guest's stack.
     *
     * @param module the module's name from its name section, or a word for where it came from
     * @param function the function's index in its module
     * @param name the function's name from the name section
     * @param source {@code FILE:LINE}, where the module has debug information and the engine reads it
     */
    public record Frame(String module, int function, Optional<String> name, Optional<String> source) {

        public Frame(String module, int function, Optional<String> name) {
            this(module, function, name, Optional.empty());
        }

        @Override
        public String toString() {
            return module + "!" + name.orElse("func[" + function + "]") + source.map(s -> " (" + s + ")").orElse("");
        }
    }

    private final Kind kind;
    private final transient List<Frame> backtrace;

    public Trap(Kind kind, String message, List<Frame> backtrace) {
        super(message, null, false, false);
        this.kind = kind;
        this.backtrace = List.copyOf(backtrace);
    }

    public Trap(Kind kind, String message) {
        this(kind, message, List.of());
    }

    public Trap(Kind kind) {
        this(kind, kind.text());
    }

    public Kind kind() {
        return kind;
    }

    /** The guest's stack, innermost frame first; empty where the trap was raised by the host. */
    public List<Frame> backtrace() {
        return backtrace;
    }

    /** What happened and where, innermost frame first, on one line. Names in it are the guest's. */
    public String describe() {
        StringBuilder text = new StringBuilder(getMessage());
        backtrace.stream().limit(MOST_SHOWN).forEach(frame -> text.append(", at ").append(frame));
        int more = backtrace.size() - MOST_SHOWN;
        return more > 0 ? text.append(", and ").append(more).append(" more").toString() : text.toString();
    }
}
