package dev.virga.component.abi;

import dev.virga.engine.ValType.Num;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The adapter of {@code canon lower}: called by a guest's core code, calls the target. */
final class LowerAdapter extends AdapterClass {

    private final Signature signature;
    private final List<Codec> params;
    private final Optional<Codec> result;
    private final MethodHandle target;

    LowerAdapter(Signature signature, List<Codec> params, Optional<Codec> result, MethodHandle target) {
        this.signature = signature;
        this.params = params;
        this.result = result;
        this.target = target;
    }

    @Override
    void body(CodeBuilder code) {
        ValueCode values = new ValueCode(this, code);
        event(code, "enter");
        boolean plain = params.stream().allMatch(Scalar.class::isInstance) && !signature.spilledParams();
        int in = plain ? -1 : values.open(Lift.class);
        if (signature.spilledParams()) {
            loadParams(code, values, in);
        } else {
            liftParams(code, values, in);
        }
        code.invokevirtual(desc(MethodHandle.class), "invokeExact", method(target.type()));
        if (result.isPresent()) {
            lowerResult(code, values, result.get(), signature.result().orElseThrow());
        }
        event(code, "exit");
        List<Num> results = signature.result().map(Layout::flat).orElse(List.of());
        code.return_(results.size() == 1 ? ValueCode.kind(results.getFirst()) : TypeKind.VOID);
    }

    private void pushTarget(CodeBuilder code) {
        constant(code, target);
        code.aload(0);
    }

    private void liftParams(CodeBuilder code, ValueCode values, int in) {
        pushTarget(code);
        int next = 1;
        for (int i = 0; i < params.size(); i++) {
            List<Num> flat = signature.params().get(i).flat();
            int first = next;
            values.liftFlat(params.get(i), in, flat,
                    IntStream.range(first, first + flat.size()).map(code::parameterSlot).toArray());
            next += flat.size();
        }
    }

    private void loadParams(CodeBuilder code, ValueCode values, int in) {
        int address = code.allocateLocal(TypeKind.LONG);
        code.aload(in).ldc("argument").iload(code.parameterSlot(1))
                .loadConstant((long) signature.tuple().size()).loadConstant(signature.tuple().alignment())
                .invokevirtual(desc(Lift.class), "check",
                        method(long.class, String.class, int.class, long.class, int.class))
                .lstore(address);
        pushTarget(code);
        int[] offsets = Layout.offsets(signature.params());
        for (int i = 0; i < params.size(); i++) {
            values.load(params.get(i), in, address, offsets[i]);
        }
    }

    /** Lowers the carrier on the stack: leaves the core result there, or stores where the guest said. */
    private void lowerResult(CodeBuilder code, ValueCode values, Codec codec, Layout layout) {
        TypeKind kind = TypeKind.from(erased(codec));
        int value = code.allocateLocal(kind);
        code.storeLocal(kind, value);
        int out = codec instanceof Scalar ? -1 : values.open(Lower.class);
        if (!signature.spilledResult()) {
            values.lowerFlat(codec, out, layout.flat(), value);
            return;
        }
        int address = code.allocateLocal(TypeKind.LONG);
        code.aload(out).iload(code.parameterSlot(1 + signature.flatParams().size()))
                .loadConstant((long) layout.size()).loadConstant(layout.alignment())
                .invokevirtual(desc(Lower.class), "check", method(long.class, int.class, long.class, int.class))
                .lstore(address);
        values.store(codec, out, value, address, 0);
    }
}
