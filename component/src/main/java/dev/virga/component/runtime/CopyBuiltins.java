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
                ? HANDLES.canon(instance, options, RANGE_TO_ONE, "copyStream", end, type)
                : HANDLES.canon(instance, options, BuiltinHandles.TWO_TO_ONE, "copyFuture", end, type);
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
            BuiltinContext context, End end, ElementTypes.Key type, int index, int pointer, int length) {
        return copy(context, Kind.STREAM, end, type, index, pointer, length);
    }

    private static int copyFuture(BuiltinContext context, End end, ElementTypes.Key type, int index, int pointer) {
        return copy(context, Kind.FUTURE, end, type, index, pointer, 1);
    }

    private static int copy(
            BuiltinContext context, Kind kind, End side, ElementTypes.Key type, int index, int pointer, int length) {
        GuestInstance instance = context.instance;
        boolean async = context.options.async();
        instance.checkMayLeave();
        CopyEnd end = instance.handles.end(index, kind, side, type);
        end.checkIdle(async);
        GuestBuffer buffer = new GuestBuffer(context, type.passing(), pointer, length);
        return end.copy(buffer, async, instance.thread());
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
