package dev.virga.component.runtime;

import dev.virga.component.ErrorContext;
import dev.virga.component.abi.Codec;
import dev.virga.component.abi.ValueTuple;
import dev.virga.component.type.ValueType.Primitive;
import java.lang.invoke.MethodHandles;
import java.util.List;

/** The canonical built-ins on error contexts. */
final class ErrorContextBuiltins {

    private static final BuiltinHandles HANDLES = new BuiltinHandles(MethodHandles.lookup());
    private static final ValueTuple MESSAGE = new ValueTuple(List.of(Codec.of(Primitive.STRING, String.class)));

    /** In code points. */
    private static final int MAX_MESSAGE = 1024;

    private ErrorContextBuiltins() {}

    static Canon create(int instance, Options options) {
        return HANDLES.canon(instance, options, BuiltinHandles.TWO_TO_ONE, "create");
    }

    static Canon debugMessage(int instance, Options options) {
        return HANDLES.canon(instance, options, BuiltinHandles.TWO_TO_NONE, "debugMessage");
    }

    static Canon drop(int instance) {
        return HANDLES.canon(instance, Canon.ONE_TO_NONE, "drop");
    }

    private static int create(BuiltinContext context, int pointer, int length) {
        context.instance.checkMayLeave();
        Object[] message = MESSAGE.lift(context, ValueTuple.MAX_FLAT_PARAMS, new long[] {pointer, length});
        return context.instance.handles.add(new ErrorContextHandle(new ErrorContext(shortened((String) message[0]))));
    }

    /** The specification lets a host change the message at will; the host has to keep it. */
    private static String shortened(String message) {
        return message.codePointCount(0, message.length()) <= MAX_MESSAGE
                ? message
                : message.substring(0, message.offsetByCodePoints(0, MAX_MESSAGE));
    }

    private static void debugMessage(BuiltinContext context, int index, int pointer) {
        context.instance.checkMayLeave();
        ErrorContext error = context.instance.handles.errorContext(index);
        MESSAGE.store(context, new Object[] {error.debugMessage()}, pointer);
    }

    private static void drop(GuestInstance instance, int index) {
        instance.checkMayLeave();
        instance.handles.dropErrorContext(index);
    }
}
