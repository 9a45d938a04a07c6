package dev.virga.component.runtime;

import dev.virga.component.binary.AsyncCanon.End;
import dev.virga.component.binary.AsyncCanon.Kind;
import dev.virga.engine.FuncType;
import dev.virga.engine.ValType.Num;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** The canonical built-ins on streams and futures. */
final class CopyBuiltins {

    private static final BuiltinHandles HANDLES = new BuiltinHandles(MethodHandles.lookup());
    private static final FuncType TO_PAIR = new FuncType(List.of(), List.of(Num.I64));
    private static final FuncType RANGE_TO_ONE = new FuncType(List.of(Num.I32, Num.I32, Num.I32), List.of(Num.I32));

    private CopyBuiltins() {}

    static Canon create(int instance, Kind kind, ElementTypes.Key type) {
        return HANDLES.canon(instance, TO_PAIR, "create", kind, type);
    }

    static Canon copy(int instance, Kind kind, End end, ElementTypes.Key type, Options options) {
        return kind == Kind.STREAM
                ? HANDLES.canon(instance, RANGE_TO_ONE, "copyStream", end, type, options)
                : HANDLES.canon(instance, BuiltinHandles.TWO_TO_ONE, "copyFuture", end, type, options);
    }

    static Canon cancel(int instance, Kind kind, End end, ElementTypes.Key type, boolean async) {
        return HANDLES.canon(instance, Canon.ONE_TO_ONE, "cancel", kind, end, type, async);
    }

    static Canon drop(int instance, Kind kind, End end, ElementTypes.Key type) {
        return HANDLES.canon(instance, Canon.ONE_TO_NONE, "drop", kind, end, type);
    }

    private static long create(GuestInstance instance, Kind kind, ElementTypes.Key type) {
        instance.checkMayLeave();
        Shared shared = kind == Kind.STREAM ? new SharedStream(type) : new SharedFuture(type);
        int readable = new CopyEnd(instance, kind, End.READABLE, shared).add();
        int writable = new CopyEnd(instance, kind, End.WRITABLE, shared).add();
        return readable | (long) writable << Integer.SIZE;
    }

    private static int copyStream(
            GuestInstance instance, End end, ElementTypes.Key type, Options options, int index, int pointer, int length) {
        return copy(instance, Kind.STREAM, end, type, options, index, pointer, length);
    }

    private static int copyFuture(
            GuestInstance instance, End end, ElementTypes.Key type, Options options, int index, int pointer) {
        return copy(instance, Kind.FUTURE, end, type, options, index, pointer, 1);
    }

    private static int copy(
            GuestInstance instance,
            Kind kind,
            End side,
            ElementTypes.Key type,
            Options options,
            int index,
            int pointer,
            int length) {
        instance.checkMayLeave();
        CopyEnd end = instance.handles.end(index, kind, side, type);
        end.checkIdle(options.async());
        BuiltinContext context = new BuiltinContext(instance.root, instance.number, options, false);
        GuestBuffer buffer = new GuestBuffer(context, type.passing(), pointer, length);
        return end.copy(buffer, options.async(), instance.thread());
    }

    private static int cancel(
            GuestInstance instance, Kind kind, End side, ElementTypes.Key type, boolean async, int index) {
        instance.checkMayLeave();
        return instance.handles.end(index, kind, side, type).cancel(async, instance.thread());
    }

    private static void drop(GuestInstance instance, Kind kind, End side, ElementTypes.Key type, int index) {
        instance.checkMayLeave();
        instance.handles.dropEnd(index, kind, side, type);
    }
}
