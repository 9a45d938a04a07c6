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
import java.util.OptionalLong;

/** Decodes {@code core:type} (Binary, "Type Definitions"; core specification 3.0, section 5.3). */
final class CoreTypeDecoder {

    private static final int MODULE = 0x50;

    private CoreTypeDecoder() {}

    static CoreTypeDef type(Reader in) {
        int code = in.u8();
        return switch (code) {
            case MODULE -> new CoreTypeDef.Module(in.vector(() -> declaration(in)));
            // Only here a non-final subtype is prefixed, to tell it from a module type.
            case 0x00 -> {
                in.expect(0x50, "a subtype");
                yield subtype(in, 0x50);
            }
            case 0x4e -> {
                in.vector(() -> subtype(in, in.u8()));
                yield new CoreTypeDef.Aggregate();
            }
            default -> subtype(in, code);
        };
    }

    private static CoreTypeDef subtype(Reader in, int code) {
        if (code == 0x50 || code == 0x4f) {
            in.vector(in::u32);
            sharedOrComposite(in, in.u8());
            return new CoreTypeDef.Aggregate();
        }
        return sharedOrComposite(in, code);
    }

    private static CoreTypeDef sharedOrComposite(Reader in, int code) {
        // shared, of the shared-everything-threads proposal
        if (code == 0x65) {
            composite(in, in.u8());
            return new CoreTypeDef.Aggregate();
        }
        return composite(in, code);
    }

    private static CoreTypeDef composite(Reader in, int code) {
        switch (code) {
            case 0x60 -> {
                return new CoreTypeDef.Func(new FuncType(in.vector(() -> valType(in)), in.vector(() -> valType(in))));
            }
            case 0x5f -> in.vector(() -> field(in));
            case 0x5e -> field(in);
            default -> throw in.unexpected(code, "a core type");
        }
        return new CoreTypeDef.Aggregate();
    }

    private static boolean field(Reader in) {
        int code = in.peek();
        if (code == 0x78 || code == 0x77) {
            in.u8();
        } else {
            valType(in);
        }
        return in.flag("the mutability of a field");
    }

    private static ModuleDecl declaration(Reader in) {
        int offset = in.position();
        int code = in.u8();
        return switch (code) {
            case 0 -> new ModuleDecl.Import(offset, in.name(), in.name(), extern(in));
            case 1 -> {
                if (in.peek() == MODULE) {
                    throw in.invalid("a module type cannot contain a module type", offset);
                }
                yield new ModuleDecl.Type(offset, type(in));
            }
            case 2 -> {
                in.expect(0x10, "the sort of an outer alias, which must be a core type");
                in.expect(0x01, "the kind of an alias, which must be outer");
                yield new ModuleDecl.OuterAlias(offset, in.u32(), in.u32());
            }
            case 3 -> new ModuleDecl.Export(offset, in.name(), extern(in));
            default -> throw in.unexpected(code, "a declaration of a module type");
        };
    }

    private static CoreExtern extern(Reader in) {
        int code = in.u8();
        return switch (code) {
            case 0 -> new CoreExtern.Func(in.u32());
            case 1 -> new CoreExtern.Other(new ExternType.Table(table(in)));
            case 2 -> new CoreExtern.Other(new ExternType.Memory(memory(in)));
            case 3 -> new CoreExtern.Other(
                    new ExternType.Global(new GlobalType(valType(in), in.flag("the mutability of a global"))));
            case 4 -> {
                in.expect(0, "the attribute of a tag");
                yield new CoreExtern.Tag(in.u32());
            }
            default -> throw in.unexpected(code, "a core import or export");
        };
    }

    private static TableType table(Reader in) {
        if (!(valType(in) instanceof ValType.Ref element)) {
            throw in.malformed("the elements of a table must be references");
        }
        int flags = in.u8();
        if ((flags & ~0b101) != 0) {
            throw in.unexpected(flags, "the limits of a table");
        }
        return new TableType(element, limits(in, flags));
    }

    private static MemoryType memory(Reader in) {
        int flags = in.u8();
        if ((flags & ~0b111) != 0) {
            throw in.unexpected(flags, "the limits of a memory");
        }
        return new MemoryType(limits(in, flags), (flags & 0b10) != 0);
    }

    private static Limits limits(Reader in, int flags) {
        boolean is64 = (flags & 0b100) != 0;
        long min = limit(in, is64);
        OptionalLong max = (flags & 0b1) != 0 ? OptionalLong.of(limit(in, is64)) : OptionalLong.empty();
        return new Limits(min, max, is64);
    }

    private static long limit(Reader in, boolean is64) {
        return is64 ? in.unsigned(64) : Integer.toUnsignedLong(in.u32());
    }

    static ValType valType(Reader in) {
        int code = in.peek();
        in.u8();
        return switch (code) {
            case 0x7f -> ValType.Num.I32;
            case 0x7e -> ValType.Num.I64;
            case 0x7d -> ValType.Num.F32;
            case 0x7c -> ValType.Num.F64;
            case 0x7b -> ValType.Num.V128;
            case 0x63 -> new ValType.Ref(true, heapType(in));
            case 0x64 -> new ValType.Ref(false, heapType(in));
            default -> new ValType.Ref(true, abstractHeapType(in, code));
        };
    }

    private static HeapType heapType(Reader in) {
        int code = in.peek();
        if ((code & 0xc0) == 0x40) {
            in.u8();
            return abstractHeapType(in, code);
        }
        return new HeapType.Defined(in.typeIndex());
    }

    private static HeapType abstractHeapType(Reader in, int code) {
        return switch (code) {
            case 0x74 -> HeapType.Abstract.NOEXN;
            case 0x73 -> HeapType.Abstract.NOFUNC;
            case 0x72 -> HeapType.Abstract.NOEXTERN;
            case 0x71 -> HeapType.Abstract.NONE;
            case 0x70 -> HeapType.Abstract.FUNC;
            case 0x6f -> HeapType.Abstract.EXTERN;
            case 0x6e -> HeapType.Abstract.ANY;
            case 0x6d -> HeapType.Abstract.EQ;
            case 0x6c -> HeapType.Abstract.I31;
            case 0x6b -> HeapType.Abstract.STRUCT;
            case 0x6a -> HeapType.Abstract.ARRAY;
            case 0x69 -> HeapType.Abstract.EXN;
            default -> throw in.unexpected(code, "a core value type");
        };
    }
}
