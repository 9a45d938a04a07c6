package dev.virga.engine.nativecode;

import dev.virga.engine.FuncType;
import dev.virga.engine.HeapType;
import dev.virga.engine.ValType;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** The binary of a module that does nothing but import a function, so that its stub is generated. */
final class StubModule {

    private StubModule() {}

    static byte[] of(FuncType type) {
        ByteArrayOutputStream types = new ByteArrayOutputStream();
        types.write(1);
        types.write(0x60);
        types(types, type.params());
        types(types, type.results());
        ByteArrayOutputStream module = new ByteArrayOutputStream();
        module.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(module, 1, types.toByteArray());
        section(module, 2, new byte[] {1, 0, 0, 0, 0});
        return module.toByteArray();
    }

    private static void types(ByteArrayOutputStream out, List<ValType> types) {
        unsigned(out, types.size());
        types.forEach(type -> out.write(code(type)));
    }

    private static int code(ValType type) {
        return switch (type) {
            case ValType.Num.I32 -> 0x7f;
            case ValType.Num.I64 -> 0x7e;
            case ValType.Num.F32 -> 0x7d;
            case ValType.Num.F64 -> 0x7c;
            case ValType.Num.V128 -> 0x7b;
            case ValType.Ref ref -> ref.heap() == HeapType.Abstract.FUNC ? 0x70
                    : ref.heap() == HeapType.Abstract.EXTERN ? 0x6f : 0x69;
        };
    }

    private static void section(ByteArrayOutputStream out, int id, byte[] content) {
        out.write(id);
        unsigned(out, content.length);
        out.writeBytes(content);
    }

    private static void unsigned(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
