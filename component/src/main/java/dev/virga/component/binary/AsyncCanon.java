package dev.virga.component.binary;

import dev.virga.engine.ValType;
import java.util.Optional;

/** A canonical built-in for concurrency (Explainer, "Concurrency built-ins" and what follows). */
public sealed interface AsyncCanon extends CanonDef {

    /** Whether a built-in works on streams or on futures. */
    enum Kind {
        STREAM, FUTURE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The end of a stream or future that a built-in works on. */
    enum End {
        READABLE, WRITABLE
    }

    /** How a thread gives way to others. */
    enum Switch {
        SUSPEND("suspend"),
        YIELD("yield"),
        SUSPEND_THEN_RESUME("suspend-then-resume"),
        YIELD_THEN_RESUME("yield-then-resume"),
        SUSPEND_THEN_PROMOTE("suspend-then-promote"),
        YIELD_THEN_PROMOTE("yield-then-promote");

        private final String text;

        Switch(String text) {
            this.text = text;
        }

        /** Whether it names the thread to go on with. */
        public boolean namesThread() {
            return this != SUSPEND && this != YIELD;
        }
    }

    /** The name as in the Explainer, for example {@code stream.cancel-read}. */
    default String name() {
        return switch (this) {
            case BackpressureInc() -> "backpressure.inc";
            case BackpressureDec() -> "backpressure.dec";
            case TaskReturn t -> "task.return";
            case TaskCancel() -> "task.cancel";
            case ContextGet c -> "context.get";
            case ContextSet c -> "context.set";
            case SubtaskCancel s -> "subtask.cancel";
            case SubtaskDrop() -> "subtask.drop";
            case New(Kind kind, int type) -> kind + ".new";
            case Copy c -> c.kind + (c.end == End.READABLE ? ".read" : ".write");
            case Cancel c -> c.kind + (c.end == End.READABLE ? ".cancel-read" : ".cancel-write");
            case Drop d -> d.kind + (d.end == End.READABLE ? ".drop-readable" : ".drop-writable");
            case ErrorContextNew e -> "error-context.new";
            case ErrorContextDebugMessage e -> "error-context.debug-message";
            case ErrorContextDrop() -> "error-context.drop";
            case WaitableSetNew() -> "waitable-set.new";
            case WaitableSetWait w -> "waitable-set.wait";
            case WaitableSetPoll w -> "waitable-set.poll";
            case WaitableSetDrop() -> "waitable-set.drop";
            case WaitableJoin() -> "waitable.join";
            case ThreadIndex() -> "thread.index";
            case ThreadNewIndirect t -> "thread.new-indirect";
            case ThreadResumeLater() -> "thread.resume-later";
            case ThreadSwitch t -> "thread." + t.how.text;
            case ThreadSpawnRef t -> "thread.spawn-ref";
            case ThreadSpawnIndirect t -> "thread.spawn-indirect";
            case ThreadAvailableParallelism t -> "thread.available-parallelism";
        };
    }

    record BackpressureInc() implements AsyncCanon {}

    record BackpressureDec() implements AsyncCanon {}

    record TaskReturn(Optional<ValTypeRef> result, CanonDef.Options options) implements AsyncCanon {}

    record TaskCancel() implements AsyncCanon {}

    record ContextGet(ValType type, int slot) implements AsyncCanon {}

    record ContextSet(ValType type, int slot) implements AsyncCanon {}

    record SubtaskCancel(boolean async) implements AsyncCanon {}

    record SubtaskDrop() implements AsyncCanon {}

    /** {@code stream.new} and {@code future.new}. */
    record New(Kind kind, int type) implements AsyncCanon {}

    /** {@code read} and {@code write} of streams and futures. */
    record Copy(Kind kind, End end, int type, CanonDef.Options options) implements AsyncCanon {}

    /** {@code cancel-read} and {@code cancel-write}. */
    record Cancel(Kind kind, End end, int type, boolean async) implements AsyncCanon {}

    /** {@code drop-readable} and {@code drop-writable}. */
    record Drop(Kind kind, End end, int type) implements AsyncCanon {}

    record ErrorContextNew(CanonDef.Options options) implements AsyncCanon {}

    record ErrorContextDebugMessage(CanonDef.Options options) implements AsyncCanon {}

    record ErrorContextDrop() implements AsyncCanon {}

    record WaitableSetNew() implements AsyncCanon {}

    record WaitableSetWait(boolean cancellable, int memory) implements AsyncCanon {}

    record WaitableSetPoll(boolean cancellable, int memory) implements AsyncCanon {}

    record WaitableSetDrop() implements AsyncCanon {}

    record WaitableJoin() implements AsyncCanon {}

    record ThreadIndex() implements AsyncCanon {}

    /** @param type a core function type; {@code table} a core table */
    record ThreadNewIndirect(int type, int table) implements AsyncCanon {}

    record ThreadResumeLater() implements AsyncCanon {}

    record ThreadSwitch(Switch how, boolean cancellable) implements AsyncCanon {}

    record ThreadSpawnRef(boolean shared, int type) implements AsyncCanon {}

    record ThreadSpawnIndirect(boolean shared, int type, int table) implements AsyncCanon {}

    record ThreadAvailableParallelism(boolean shared) implements AsyncCanon {}
}
