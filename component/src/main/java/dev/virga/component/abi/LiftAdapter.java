package dev.virga.component.abi;

import dev.virga.engine.FuncType;
import dev.virga.engine.ValType.Num;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/** The adapter of {@code canon lift}: called with Java values, calls a guest's core function. */
final class LiftAdapter extends AdapterClass {

    private static final int CORE = 1;
    private static final int POST_RETURN = 2;
    private static final int FIRST_PARAM = 3;

    private final Signature signature;
    private final List<Codec> params;
    private final Optional<Codec> result;
    private final FuncType core;

    LiftAdapter(Signature signature, List<Codec> params, Optional<Codec> result) {
        this.signature = signature;
        this.params = params;
        this.result = result;
        this.core = signature.core(false);
    }

    @Override
    void body(CodeBuilder code) {
        ValueCode values = new ValueCode(this, code);
        event(code, "enter");
        boolean plain = params.stream().allMatch(Scalar.class::isInstance) && !signature.spilledParams();
        int out = plain ? -1 : values.open(Lower.class);
        if (signature.spilledParams()) {
            storeParams(code, values, out);
        } else {
            lowerParams(code, values, out);
        }
        code.invokevirtual(desc(MethodHandle.class), "invokeExact", method(core.methodType()));

        TypeKind coreKind = TypeKind.from(core.methodType().returnType());
        int coreResult = code.allocateLocal(coreKind);
        if (coreKind != TypeKind.VOID) {
            code.storeLocal(coreKind, coreResult);
        }
        TypeKind kind = result.map(codec -> TypeKind.from(erased(codec))).orElse(TypeKind.VOID);
        int lifted = code.allocateLocal(kind);
        if (result.isPresent()) {
            liftResult(code, values, result.get(), coreResult);
            code.storeLocal(kind, lifted);
        }
        event(code, "returned");
        code.aload(code.parameterSlot(POST_RETURN));
        if (coreKind != TypeKind.VOID) {
            code.loadLocal(coreKind, coreResult);
        }
        code.invokestatic(desc(PostReturn.class), "call", method(PostReturn.type(core.methodType().returnType())));
        event(code, "exit");
        if (result.isPresent()) {
            code.loadLocal(kind, lifted);
        }
        code.return_(kind);
    }

    private void lowerParams(CodeBuilder code, ValueCode values, int out) {
        code.aload(code.parameterSlot(CORE));
        for (int i = 0; i < params.size(); i++) {
            values.lowerFlat(params.get(i), out, signature.params().get(i).flat(), code.parameterSlot(FIRST_PARAM + i));
        }
    }

    private void storeParams(CodeBuilder code, ValueCode values, int out) {
        int address = code.allocateLocal(TypeKind.LONG);
        code.aload(out).loadConstant(signature.tuple().alignment()).loadConstant((long) signature.tuple().size())
                .invokevirtual(desc(Lower.class), "allocate", method(long.class, int.class, long.class))
                .lstore(address);
        int[] offsets = Layout.offsets(signature.params());
        for (int i = 0; i < params.size(); i++) {
            values.store(params.get(i), out, code.parameterSlot(FIRST_PARAM + i), address, offsets[i]);
        }
        code.aload(code.parameterSlot(CORE)).lload(address).l2i();
    }

    /** Lifts from the core result in a local: pushes the carrier. */
    private void liftResult(CodeBuilder code, ValueCode values, Codec codec, int coreResult) {
        Layout layout = signature.result().orElseThrow();
        int in = codec instanceof Scalar ? -1 : values.open(Lift.class);
        if (!signature.spilledResult()) {
            values.liftFlat(codec, in, layout.flat(), new int[] {coreResult});
            return;
        }
        int address = code.allocateLocal(TypeKind.LONG);
        code.aload(in).ldc("result").iload(coreResult)
                .loadConstant((long) layout.size()).loadConstant(layout.alignment())
                .invokevirtual(desc(Lift.class), "check",
                        method(long.class, String.class, int.class, long.class, int.class))
                .lstore(address);
        values.load(codec, in, address, 0);
    }
}
