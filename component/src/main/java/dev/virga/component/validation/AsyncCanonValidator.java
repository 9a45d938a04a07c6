package dev.virga.component.validation;

import dev.virga.component.binary.AsyncCanon;
import dev.virga.component.binary.AsyncCanon.End;
import dev.virga.component.binary.AsyncCanon.Kind;
import dev.virga.component.binary.CanonDef.Options;
import dev.virga.component.binary.ValTypeRef;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import dev.virga.engine.FuncType;
import dev.virga.engine.HeapType;
import dev.virga.engine.TableType;
import dev.virga.engine.ValType;
import dev.virga.engine.ValType.Num;
import java.util.List;
import java.util.Optional;

/** Validates the built-ins for concurrency and gives the core functions that they define. */
final class AsyncCanonValidator {

    private static final int CONTEXT_SLOTS = 2;

    private final TypeScope types;
    private final CoreSpace core;
    private final CanonValidator canon;
    private final Context context;
    private Optional<ValType> contextType = Optional.empty();

    AsyncCanonValidator(TypeScope types, CoreSpace core, CanonValidator canon) {
        this.types = types;
        this.core = core;
        this.canon = canon;
        this.context = types.context();
    }

    FuncType type(AsyncCanon definition) {
        return switch (definition) {
            case AsyncCanon.BackpressureInc(), AsyncCanon.BackpressureDec(), AsyncCanon.TaskCancel() -> func();
            case AsyncCanon.TaskReturn(Optional<ValTypeRef> result, Options options) -> taskReturn(result, options);
            case AsyncCanon.ContextGet(ValType type, int slot) -> {
                slot(type, slot);
                yield new FuncType(List.of(), List.of(type));
            }
            case AsyncCanon.ContextSet(ValType type, int slot) -> {
                slot(type, slot);
                yield func(type);
            }
            case AsyncCanon.SubtaskCancel s -> giving(Num.I32);
            case AsyncCanon.SubtaskDrop() -> func(Num.I32);
            case AsyncCanon.New(Kind kind, int type) -> {
                element(kind, type);
                yield new FuncType(List.of(), List.of(Num.I64));
            }
            case AsyncCanon.Copy copy -> copy(copy);
            case AsyncCanon.Cancel(Kind kind, End end, int type, boolean async) -> {
                element(kind, type);
                yield giving(Num.I32);
            }
            case AsyncCanon.Drop(Kind kind, End end, int type) -> {
                element(kind, type);
                yield func(Num.I32);
            }
            case AsyncCanon.ErrorContextNew(Options options) -> {
                ValType pointer = message(options);
                yield giving(pointer, pointer);
            }
            case AsyncCanon.ErrorContextDebugMessage(Options options) -> {
                ValType pointer = message(options);
                canon.requireRealloc(options, true);
                yield func(Num.I32, pointer);
            }
            case AsyncCanon.ErrorContextDrop() -> func(Num.I32);
            case AsyncCanon.WaitableSetNew() -> giving();
            case AsyncCanon.WaitableSetWait(boolean cancellable, int memory) ->
                giving(Num.I32, canon.flattening(memory).pointer());
            case AsyncCanon.WaitableSetPoll(boolean cancellable, int memory) ->
                giving(Num.I32, canon.flattening(memory).pointer());
            case AsyncCanon.WaitableSetDrop() -> func(Num.I32);
            case AsyncCanon.WaitableJoin() -> func(Num.I32, Num.I32);
            case AsyncCanon.ThreadIndex() -> giving();
            case AsyncCanon.ThreadNewIndirect(int type, int table) -> indirect(type, table);
            case AsyncCanon.ThreadResumeLater() -> func(Num.I32);
            case AsyncCanon.ThreadSwitch(AsyncCanon.Switch how, boolean cancellable) ->
                how.namesThread() ? giving(Num.I32) : giving();
            case AsyncCanon.ThreadSpawnRef(boolean shared, int type) ->
                giving(new ValType.Ref(true, new HeapType.Defined(type)), closure(type));
            case AsyncCanon.ThreadSpawnIndirect(boolean shared, int type, int table) -> indirect(type, table);
            case AsyncCanon.ThreadAvailableParallelism(boolean shared) -> giving();
        };
    }

    private static FuncType func(ValType... params) {
        return new FuncType(List.of(params), List.of());
    }

    /** A function with the result i32. */
    private static FuncType giving(ValType... params) {
        return new FuncType(List.of(params), List.of(Num.I32));
    }

    private FuncType taskReturn(Optional<ValTypeRef> result, Options options) {
        Flattening flat = canon.check(options);
        canon.requireLowering(options, "`task.return`");
        if (options.async() || options.realloc().isPresent()) {
            throw context.invalid("`task.return` only takes the canonical options `memory` and `string-encoding`");
        }
        List<FunctionType.Param> params =
                result.map(r -> new FunctionType.Param("result", types.value(r))).stream().toList();
        if (params.stream().anyMatch(p -> context.info(p.type()).borrows())) {
            throw context.invalid("the result of `task.return` cannot contain a `borrow` type");
        }
        return canon.lowered(new FunctionType(params, Optional.empty(), false), options, flat);
    }

    private void slot(ValType type, int slot) {
        if (type != Num.I32 && type != Num.I64) {
            throw context.invalid("the type of a context slot must be i32 or i64");
        }
        if (contextType.isPresent() && contextType.get() != type) {
            throw context.invalid("all `context.get` and `context.set` of a component must have the same type");
        }
        contextType = Optional.of(type);
        if (slot < 0 || slot >= CONTEXT_SLOTS) {
            throw context.invalid("context slot " + Integer.toUnsignedString(slot) + " does not exist: there are "
                    + CONTEXT_SLOTS);
        }
    }

    private Optional<ValueType> element(Kind kind, int type) {
        return switch (types.type(type)) {
            case ValueType.Stream(Optional<ValueType> element) when kind == Kind.STREAM -> element;
            case ValueType.Future(Optional<ValueType> element) when kind == Kind.FUTURE -> element;
            default -> throw context.invalid("type index " + type + " is not a " + kind + " type");
        };
    }

    private FuncType copy(AsyncCanon.Copy copy) {
        Options options = copy.options();
        Flattening flat = canon.check(options);
        canon.requireLowering(options, "`" + copy.name() + "`");
        List<ValueType> element = element(copy.kind(), copy.type()).stream().toList();
        canon.requireMemory(options, !element.isEmpty());
        canon.requireRealloc(options, copy.end() == End.READABLE && canon.pointers(element));
        ValType pointer = flat.pointer();
        return copy.kind() == Kind.STREAM
                ? new FuncType(List.of(Num.I32, pointer, pointer), List.of(pointer))
                : giving(Num.I32, pointer);
    }

    private ValType message(Options options) {
        Flattening flat = canon.check(options);
        canon.requireLowering(options, "error-context built-ins");
        if (options.async()) {
            throw context.invalid("canonical option `async` cannot be specified for error-context built-ins");
        }
        canon.requireMemory(options, true);
        return flat.pointer();
    }

    private FuncType indirect(int type, int table) {
        ValType closure = closure(type);
        TableType found = core.tables.get(table);
        if (!found.element().equals(ValType.Ref.FUNC)) {
            throw context.invalid("the elements of the table of a thread's function must be funcref");
        }
        return giving(found.limits().is64() ? Num.I64 : Num.I32, closure);
    }

    /** The parameter of a thread's function. */
    private ValType closure(int type) {
        if (types.coreType(type) instanceof CoreType.Func(FuncType function)
                && function.results().isEmpty()
                && (function.params().equals(List.of(Num.I32)) || function.params().equals(List.of(Num.I64)))) {
            return function.params().getFirst();
        }
        throw context.invalid("a thread's function must have one parameter, an i32 or i64, and no result");
    }
}
