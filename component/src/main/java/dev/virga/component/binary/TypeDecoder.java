package dev.virga.component.binary;

import dev.virga.component.type.ValueType.Primitive;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Decodes types (Binary, "Type Definitions"). */
final class TypeDecoder {

    private TypeDecoder() {}

    /** Reads what an optional stands for. */
    interface Content<T> {
        T read();
    }

    static <T> Optional<T> optional(Reader in, String what, Content<T> content) {
        return in.flag(what) ? Optional.of(content.read()) : Optional.empty();
    }

    static TypeDef type(Reader in, int depth) {
        int code = in.peek();
        Optional<Primitive> primitive = primitive(code);
        if (primitive.isPresent()) {
            in.u8();
            return new TypeDef.Primitive(primitive.get());
        }
        in.u8();
        return switch (code) {
            case 0x72 -> new TypeDef.Record(labeled(in));
            case 0x71 -> new TypeDef.Variant(in.vector(() -> variantCase(in)));
            case 0x70 -> new TypeDef.ListOf(valType(in));
            case 0x67 -> new TypeDef.FixedList(valType(in), in.u32());
            case 0x6f -> new TypeDef.Tuple(in.vector(() -> valType(in)));
            case 0x6e -> new TypeDef.Flags(in.vector(in::name));
            case 0x6d -> new TypeDef.Enum(in.vector(in::name));
            case 0x6b -> new TypeDef.Option(valType(in));
            case 0x6a -> new TypeDef.Result(optionalValType(in), optionalValType(in));
            case 0x69 -> new TypeDef.Own(in.u32());
            case 0x68 -> new TypeDef.Borrow(in.u32());
            case 0x66 -> new TypeDef.Stream(optionalValType(in));
            case 0x65 -> new TypeDef.Future(optionalValType(in));
            case 0x63 -> new TypeDef.MapOf(valType(in), valType(in));
            case 0x40 -> function(in, false);
            case 0x43 -> function(in, true);
            case 0x3f -> new TypeDef.Resource(
                    CoreTypeDecoder.valType(in),
                    in.flag("an optional destructor") ? OptionalInt.of(in.u32()) : OptionalInt.empty());
            case 0x41 -> new TypeDef.Component(declarations(in, depth, true));
            case 0x42 -> new TypeDef.Instance(declarations(in, depth, false));
            default -> throw in.unexpected(code, "a type");
        };
    }

    private static Optional<Primitive> primitive(int code) {
        return switch (code) {
            case 0x7f -> Optional.of(Primitive.BOOL);
            case 0x7e -> Optional.of(Primitive.S8);
            case 0x7d -> Optional.of(Primitive.U8);
            case 0x7c -> Optional.of(Primitive.S16);
            case 0x7b -> Optional.of(Primitive.U16);
            case 0x7a -> Optional.of(Primitive.S32);
            case 0x79 -> Optional.of(Primitive.U32);
            case 0x78 -> Optional.of(Primitive.S64);
            case 0x77 -> Optional.of(Primitive.U64);
            case 0x76 -> Optional.of(Primitive.F32);
            case 0x75 -> Optional.of(Primitive.F64);
            case 0x74 -> Optional.of(Primitive.CHAR);
            case 0x73 -> Optional.of(Primitive.STRING);
            case 0x64 -> Optional.of(Primitive.ERROR_CONTEXT);
            default -> Optional.empty();
        };
    }

    static ValTypeRef valType(Reader in) {
        Optional<Primitive> primitive = primitive(in.peek());
        if (primitive.isPresent()) {
            in.u8();
            return new ValTypeRef.Primitive(primitive.get());
        }
        return new ValTypeRef.Index(in.typeIndex());
    }

    private static Optional<ValTypeRef> optionalValType(Reader in) {
        return optional(in, "an optional type", () -> valType(in));
    }

    private static List<TypeDef.Labeled> labeled(Reader in) {
        return in.vector(() -> new TypeDef.Labeled(in.name(), valType(in)));
    }

    private static TypeDef.Case variantCase(Reader in) {
        TypeDef.Case result = new TypeDef.Case(in.name(), optionalValType(in));
        in.expect(0, "the end of a variant's case");
        return result;
    }

    private static TypeDef.Func function(Reader in, boolean async) {
        return new TypeDef.Func(labeled(in), results(in), async);
    }

    /** A {@code resultlist}. */
    static Optional<ValTypeRef> results(Reader in) {
        int form = in.u8();
        return switch (form) {
            case 0 -> Optional.of(valType(in));
            case 1 -> {
                in.expect(0, "the number of results");
                yield Optional.empty();
            }
            default -> throw in.unexpected(form, "a function's results");
        };
    }

    private static List<Definition> declarations(Reader in, int depth, boolean component) {
        if (depth >= ComponentDecoder.MAX_NESTING) {
            throw in.malformed("types nest deeper than " + ComponentDecoder.MAX_NESTING + " levels");
        }
        return in.vector(() -> declaration(in, depth, component));
    }

    private static Definition declaration(Reader in, int depth, boolean component) {
        int offset = in.position();
        int code = in.u8();
        return switch (code) {
            case 0 -> new Definition.CoreType(offset, CoreTypeDecoder.type(in));
            case 1 -> new Definition.Type(offset, type(in, depth + 1));
            case 2 -> InstanceDecoder.alias(in);
            case 3 -> {
                if (!component) {
                    throw in.unexpected(code, "a declaration of an instance type");
                }
                yield new Definition.Import(offset, NameDecoder.externName(in), externType(in));
            }
            case 4 -> new Definition.ExportDecl(offset, NameDecoder.externName(in), externType(in));
            default -> throw in.unexpected(code, "a declaration of a component type or instance type");
        };
    }

    static ExternTypeRef externType(Reader in) {
        int code = in.u8();
        return switch (code) {
            case 0 -> {
                in.expect(0x11, "the type of an import or export, where the only core sort is a module");
                yield new ExternTypeRef.CoreModule(in.u32());
            }
            case 1 -> new ExternTypeRef.Func(in.u32());
            case 2 -> in.flag("the bound of a value")
                    ? new ExternTypeRef.Value(valType(in))
                    : new ExternTypeRef.ValueEq(in.u32());
            case 3 -> in.flag("the bound of a type")
                    ? new ExternTypeRef.SubResource()
                    : new ExternTypeRef.TypeEq(in.u32());
            case 4 -> new ExternTypeRef.Component(in.u32());
            case 5 -> new ExternTypeRef.Instance(in.u32());
            default -> throw in.unexpected(code, "the type of an import or export");
        };
    }
}
