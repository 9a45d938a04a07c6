package dev.virga.engine.portable;

import dev.virga.engine.FuncType;
import dev.virga.engine.HeapType;
import dev.virga.engine.ValType;
import java.io.ByteArrayOutputStream;
import java.util.List;
import run.endive.wasm.types.FunctionType;

/** The interface's types as Endive has them, for what the host creates. */
final class HostTypes {

    private HostTypes() {}

    static FunctionType functionType(FuncType type) {
        return FunctionType.of(
                type.params().stream().map(HostTypes::valType).toList(),
                type.results().stream().map(HostTypes::valType).toList());
    }

    static run.endive.wasm.types.ValType valType(ValType type) {
        return switch (type) {
            case ValType.Num number -> run.endive.wasm.types.ValType.builder()
                    .withOpcode(code(number)).build();
            case ValType.Ref ref -> run.endive.wasm.types.ValType.builder()
                    .withOpcode(ref.nullable()
                            ? run.endive.wasm.types.ValType.ID.RefNull
                            : run.endive.wasm.types.ValType.ID.Ref)
                    .withTypeIdx(heapType(ref.heap()))
                    .build();
        };
    }

    private static int heapType(HeapType type) {
        return switch (type) {
            case HeapType.Defined defined -> defined.typeIndex();
            // The codes of the binary format, as signed numbers of 7 bits.
            case HeapType.Abstract heap -> code(heap) - 0x80;
        };
    }

    private static int code(ValType.Num number) {
        return 0x7f - number.ordinal();
    }

    private static int code(HeapType.Abstract heap) {
        return switch (heap) {
            case NOEXN -> 0x74;
            case NOFUNC -> 0x73;
            case NOEXTERN -> 0x72;
            case NONE -> 0x71;
            case FUNC -> 0x70;
            case EXTERN -> 0x6f;
            case ANY -> 0x6e;
            case EQ -> 0x6d;
            case I31 -> 0x6c;
            case STRUCT -> 0x6b;
            case ARRAY -> 0x6a;
            case EXN -> 0x69;
        };
    }

    /** A module that imports one function of this type and exports it. */
    static byte[] cell(FuncType type) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        ByteArrayOutputStream types = new ByteArrayOutputStream();
        types.writeBytes(new byte[] {1, 0x60});
        writeTypes(types, type.params());
        writeTypes(types, type.results());
        out.write(1);
        unsigned(out, types.size());
        out.writeBytes(types.toByteArray());
        out.writeBytes(new byte[] {2, 7, 1, 1, 'h', 1, 'f', 0, 0});
        out.writeBytes(new byte[] {7, 5, 1, 1, 'f', 0, 0});
        return out.toByteArray();
    }

    private static void writeTypes(ByteArrayOutputStream out, List<ValType> types) {
        unsigned(out, types.size());
        for (ValType type : types) {
            switch (type) {
                case ValType.Num number -> out.write(code(number));
                case ValType.Ref ref when ref.heap() instanceof HeapType.Abstract heap -> {
                    out.write(ref.nullable() ? 0x63 : 0x64);
                    out.write(code(heap));
                }
                case ValType.Ref ref -> throw new dev.virga.engine.ModuleException.Unsupported(
                        "a host function with a type that a module defines: " + ref);
            }
        }
    }

    private static void unsigned(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left > 0x7f) {
            out.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
