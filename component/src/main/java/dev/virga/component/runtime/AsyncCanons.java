package dev.virga.component.runtime;

import dev.virga.component.ComponentException;
import dev.virga.component.abi.CanonicalAdapters;
import dev.virga.component.binary.AsyncCanon;
import dev.virga.component.binary.AsyncCanon.Kind;
import dev.virga.component.binary.CanonDef;
import dev.virga.component.binary.CanonDef.StringEncoding;
import dev.virga.component.binary.Sort;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import dev.virga.engine.ExternType;
import dev.virga.engine.ValType.Num;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/** The core functions of the built-ins for concurrency that one component instance defines. */
final class AsyncCanons {

    private final Scope scope;
    private final int instance;
    private final TypeEvaluator types;
    private final ElementTypes elements;
    private final Function<CanonDef.Options, Options> options;

    /** @param options resolves canonical options */
    AsyncCanons(Scope scope, TypeEvaluator types, ElementTypes elements, Function<CanonDef.Options, Options> options) {
        this.scope = scope;
        this.instance = scope.instance;
        this.types = types;
        this.elements = elements;
        this.options = options;
    }

    Canon canon(AsyncCanon definition) {
        return switch (definition) {
            case AsyncCanon.BackpressureInc() -> TaskBuiltins.backpressure(instance, true);
            case AsyncCanon.BackpressureDec() -> TaskBuiltins.backpressure(instance, false);
            case AsyncCanon.TaskReturn(var result, var given) -> {
                Optional<ValueType> type = result.map(types::value);
                List<FunctionType.Param> params =
                        type.map(t -> new FunctionType.Param("result", t)).stream().toList();
                yield TaskReturn.canon(
                        instance,
                        CanonicalAdapters.flatten(new FunctionType(params, Optional.empty(), false), true),
                        elements.key(type),
                        options.apply(given));
            }
            case AsyncCanon.TaskCancel() -> TaskBuiltins.taskCancel(instance);
            case AsyncCanon.ContextGet(var type, int slot) ->
                TaskBuiltins.contextGet(instance, type == Num.I64, slot);
            case AsyncCanon.ContextSet(var type, int slot) ->
                TaskBuiltins.contextSet(instance, type == Num.I64, slot);
            case AsyncCanon.SubtaskCancel(boolean async) -> TaskBuiltins.subtaskCancel(instance, async);
            case AsyncCanon.SubtaskDrop() -> TaskBuiltins.subtaskDrop(instance);
            case AsyncCanon.New(Kind kind, int type) -> CopyBuiltins.create(instance, kind, element(type));
            case AsyncCanon.Copy(Kind kind, var end, int type, var given) ->
                CopyBuiltins.copy(instance, kind, end, element(type), options.apply(given));
            case AsyncCanon.Cancel(Kind kind, var end, int type, boolean async) ->
                CopyBuiltins.cancel(instance, kind, end, element(type), async);
            case AsyncCanon.Drop(Kind kind, var end, int type) ->
                CopyBuiltins.drop(instance, kind, end, element(type));
            case AsyncCanon.ErrorContextNew(var given) ->
                ErrorContextBuiltins.create(instance, options.apply(given));
            case AsyncCanon.ErrorContextDebugMessage(var given) ->
                ErrorContextBuiltins.debugMessage(instance, options.apply(given));
            case AsyncCanon.ErrorContextDrop() -> ErrorContextBuiltins.drop(instance);
            case AsyncCanon.WaitableSetNew() -> WaitableBuiltins.setNew(instance);
            case AsyncCanon.WaitableSetWait(boolean cancellable, int index) ->
                WaitableBuiltins.setWait(instance, cancellable, memory(index));
            case AsyncCanon.WaitableSetPoll(boolean cancellable, int index) ->
                WaitableBuiltins.setPoll(instance, cancellable, memory(index));
            case AsyncCanon.WaitableSetDrop() -> WaitableBuiltins.setDrop(instance);
            case AsyncCanon.WaitableJoin() -> WaitableBuiltins.join(instance);
            case AsyncCanon.ThreadSwitch(var how, boolean cancellable) ->
                ThreadBuiltins.change(instance, how, cancellable);
            case AsyncCanon.ThreadIndex() -> ThreadBuiltins.index(instance);
            case AsyncCanon.ThreadNewIndirect(int type, int index) -> {
                Item.Core table = (Item.Core) scope.get(Sort.CORE_TABLE, index);
                boolean wide = table.type() instanceof ExternType.Table(var t) && t.limits().is64();
                yield ThreadBuiltins.newIndirect(instance, types.core(type), wide, table);
            }
            case AsyncCanon.ThreadResumeLater() -> ThreadBuiltins.resumeLater(instance);
            case AsyncCanon.ThreadSpawnRef _,
                    AsyncCanon.ThreadSpawnIndirect _,
                    AsyncCanon.ThreadAvailableParallelism _ ->
                throw new ComponentException.Unsupported("the built-in " + definition.name()
                        + " is not supported: threads with shared memory are a gated feature of the component model");
        };
    }

    /** Options with nothing but a memory. */
    private Options memory(int index) {
        return options.apply(new CanonDef.Options(
                StringEncoding.UTF8,
                OptionalInt.of(index),
                OptionalInt.empty(),
                OptionalInt.empty(),
                false,
                OptionalInt.empty()));
    }

    private ElementTypes.Key element(int type) {
        return switch (types.value(type)) {
            case ValueType.Stream(var element) -> elements.key(element);
            case ValueType.Future(var element) -> elements.key(element);
            case ValueType other -> throw new IllegalArgumentException("neither a stream nor a future: " + other);
        };
    }

    /** Whether guest code that calls it may have to wait. */
    static boolean blocks(AsyncCanon definition) {
        return switch (definition) {
            case AsyncCanon.Copy copy -> !copy.options().async();
            case AsyncCanon.Cancel cancel -> !cancel.async();
            case AsyncCanon.SubtaskCancel(boolean async) -> !async;
            case AsyncCanon.WaitableSetWait _, AsyncCanon.ThreadSwitch _ -> true;
            default -> false;
        };
    }

    /** Whether it deals with indices of threads. */
    static boolean numbersThreads(AsyncCanon definition) {
        return switch (definition) {
            case AsyncCanon.ThreadIndex _, AsyncCanon.ThreadNewIndirect _, AsyncCanon.ThreadResumeLater _ -> true;
            case AsyncCanon.ThreadSwitch(var how, boolean _) -> how.namesThread();
            default -> false;
        };
    }
}
