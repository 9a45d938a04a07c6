package dev.virga.component.binary;

import dev.virga.component.binary.CoreTypeDef.CoreExtern;
import dev.virga.component.binary.CoreTypeDef.ModuleDecl;
import dev.virga.engine.ExternType;
import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.HeapType;
import dev.virga.engine.Limits;
import dev.virga.engine.MemoryType;
import dev.virga.engine.TableType;
import dev.virga.engine.ValType;

/** Encodes {@code core:type}: the other way round than {@link CoreTypeDecoder}. */
final class CoreTypeEncoder {

    private final BinaryWriter out;

    CoreTypeEncoder(BinaryWriter out) {
        this.out = out;
    }

    void type(CoreTypeDef type) {
        switch (type) {
            case CoreTypeDef.Func(FuncType func) ->
                out.u8(0x60).vector(func.params(), this::valType).vector(func.results(), this::valType);
            case CoreTypeDef.Module(var declarations) -> out.u8(0x50).vector(declarations, this::declaration);
            case CoreTypeDef.Aggregate() ->
                throw new IllegalArgumentException("the content of such a core type is not kept when it is decoded");
        }
    }

    private void declaration(ModuleDecl declaration) {
        switch (declaration) {
            case ModuleDecl.Import(int _, String module, String name, CoreExtern type) -> {
                out.u8(0).name(module).name(name);
                extern(type);
            }
            case ModuleDecl.Type(int _, CoreTypeDef type) -> {
                out.u8(1);
                type(type);
            }
            case ModuleDecl.OuterAlias(int _, int count, int index) -> out.u8(2).u8(0x10).u8(1).u32(count).u32(index);
            case ModuleDecl.Export(int _, String name, CoreExtern type) -> {
                out.u8(3).name(name);
                extern(type);
            }
        }
    }

    private void extern(CoreExtern extern) {
        switch (extern) {
            case CoreExtern.Func(int type) -> out.u8(0).u32(type);
            case CoreExtern.Tag(int type) -> out.u8(4).u8(0).u32(type);
            case CoreExtern.Other(ExternType.Table(TableType(ValType.Ref element, Limits limits))) -> {
                out.u8(1);
                valType(element);
                limits(limits, 0);
            }
            case CoreExtern.Other(ExternType.Memory(MemoryType(Limits limits, boolean shared))) -> {
                out.u8(2);
                limits(limits, shared ? 0b10 : 0);
            }
            case CoreExtern.Other(ExternType.Global(GlobalType(ValType type, boolean mutable))) -> {
                out.u8(3);
                valType(type);
                out.u8(mutable ? 1 : 0);
            }
            case CoreExtern.Other(var other) ->
                throw new IllegalArgumentException("a function or tag is written with the index of its type: " + other);
        }
    }

    private void limits(Limits limits, int flags) {
        out.u8(flags | (limits.max().isPresent() ? 0b1 : 0) | (limits.is64() ? 0b100 : 0)).unsigned(limits.min());
        limits.max().ifPresent(out::unsigned);
    }

    void valType(ValType type) {
        switch (type) {
            case ValType.Num.I32 -> out.u8(0x7f);
            case ValType.Num.I64 -> out.u8(0x7e);
            case ValType.Num.F32 -> out.u8(0x7d);
            case ValType.Num.F64 -> out.u8(0x7c);
            case ValType.Num.V128 -> out.u8(0x7b);
            case ValType.Ref(boolean nullable, HeapType.Abstract heap) -> {
                if (!nullable) {
                    out.u8(0x64);
                }
                out.u8(code(heap));
            }
            case ValType.Ref(boolean nullable, HeapType.Defined(int index)) -> out.u8(nullable ? 0x63 : 0x64).s33(index);
        }
    }

    private static int code(HeapType.Abstract type) {
        return switch (type) {
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
}
