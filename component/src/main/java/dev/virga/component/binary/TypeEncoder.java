package dev.virga.component.binary;

import dev.virga.component.type.ValueType.Primitive;
import java.util.List;
import java.util.Optional;

/** Encodes types (Binary, "Type Definitions"): the other way round than {@link TypeDecoder}. */
final class TypeEncoder {

    private final BinaryWriter out;

    TypeEncoder(BinaryWriter out) {
        this.out = out;
    }

    void type(TypeDef type) {
        switch (type) {
            case TypeDef.Primitive(Primitive primitive) -> primitive(primitive);
            case TypeDef.Record(List<TypeDef.Labeled> fields) -> labeled(0x72, fields);
            case TypeDef.Variant(List<TypeDef.Case> cases) -> out.u8(0x71).vector(cases, c -> {
                out.name(c.name());
                optional(c.type());
                out.u8(0);
            });
            case TypeDef.ListOf(ValTypeRef element) -> valTypes(0x70, element);
            case TypeDef.FixedList(ValTypeRef element, int length) -> {
                valTypes(0x67, element);
                out.u32(length);
            }
            case TypeDef.Tuple(List<ValTypeRef> types) -> out.u8(0x6f).vector(types, this::valType);
            case TypeDef.Flags(List<String> labels) -> out.u8(0x6e).vector(labels, out::name);
            case TypeDef.Enum(List<String> labels) -> out.u8(0x6d).vector(labels, out::name);
            case TypeDef.Option(ValTypeRef some) -> valTypes(0x6b, some);
            case TypeDef.Result(Optional<ValTypeRef> ok, Optional<ValTypeRef> error) -> {
                out.u8(0x6a);
                optional(ok);
                optional(error);
            }
            case TypeDef.Own(int resource) -> out.u8(0x69).u32(resource);
            case TypeDef.Borrow(int resource) -> out.u8(0x68).u32(resource);
            case TypeDef.Stream(Optional<ValTypeRef> element) -> {
                out.u8(0x66);
                optional(element);
            }
            case TypeDef.Future(Optional<ValTypeRef> element) -> {
                out.u8(0x65);
                optional(element);
            }
            case TypeDef.MapOf(ValTypeRef key, ValTypeRef value) -> valTypes(0x63, key, value);
            case TypeDef.Func(List<TypeDef.Labeled> params, Optional<ValTypeRef> result, boolean async) -> {
                labeled(async ? 0x43 : 0x40, params);
                result.ifPresentOrElse(r -> valTypes(0, r), () -> out.u8(1).u8(0));
            }
            case TypeDef.Resource(var representation, var dtor) -> {
                out.u8(0x3f);
                new CoreTypeEncoder(out).valType(representation);
                out.u8(dtor.isPresent() ? 1 : 0);
                dtor.ifPresent(out::u32);
            }
            case TypeDef.Component(List<Definition> declarations) -> out.u8(0x41).vector(declarations, this::declaration);
            case TypeDef.Instance(List<Definition> declarations) -> out.u8(0x42).vector(declarations, this::declaration);
        }
    }

    private void primitive(Primitive type) {
        out.u8(switch (type) {
            case BOOL -> 0x7f;
            case S8 -> 0x7e;
            case U8 -> 0x7d;
            case S16 -> 0x7c;
            case U16 -> 0x7b;
            case S32 -> 0x7a;
            case U32 -> 0x79;
            case S64 -> 0x78;
            case U64 -> 0x77;
            case F32 -> 0x76;
            case F64 -> 0x75;
            case CHAR -> 0x74;
            case STRING -> 0x73;
            case ERROR_CONTEXT -> 0x64;
        });
    }

    private void valType(ValTypeRef type) {
        switch (type) {
            case ValTypeRef.Primitive(Primitive primitive) -> primitive(primitive);
            case ValTypeRef.Index(int index) -> out.s33(index);
        }
    }

    private void valTypes(int code, ValTypeRef... types) {
        out.u8(code);
        List.of(types).forEach(this::valType);
    }

    private void optional(Optional<ValTypeRef> type) {
        type.ifPresentOrElse(t -> valTypes(1, t), () -> out.u8(0));
    }

    private void labeled(int code, List<TypeDef.Labeled> items) {
        out.u8(code).vector(items, item -> {
            out.name(item.name());
            valType(item.type());
        });
    }

    private void declaration(Definition declaration) {
        switch (declaration) {
            case Definition.CoreType(int _, CoreTypeDef type) -> {
                out.u8(0);
                new CoreTypeEncoder(out).type(type);
            }
            case Definition.Type(int _, TypeDef type) -> {
                out.u8(1);
                type(type);
            }
            case Definition.AliasExport _, Definition.AliasOuter _ -> {
                out.u8(2);
                InstanceEncoder.alias(declaration, out);
            }
            case Definition.Import(int _, ExternName name, ExternTypeRef type) -> extern(3, name, type);
            case Definition.ExportDecl(int _, ExternName name, ExternTypeRef type) -> extern(4, name, type);
            default -> throw new IllegalArgumentException("not a declaration of a type: " + declaration);
        }
    }

    private void extern(int code, ExternName name, ExternTypeRef type) {
        out.u8(code);
        NameEncoder.externName(name, out);
        externType(type);
    }

    void externType(ExternTypeRef type) {
        switch (type) {
            case ExternTypeRef.CoreModule(int index) -> out.u8(0).u8(0x11).u32(index);
            case ExternTypeRef.Func(int index) -> out.u8(1).u32(index);
            case ExternTypeRef.ValueEq(int index) -> out.u8(2).u8(0).u32(index);
            case ExternTypeRef.Value(ValTypeRef value) -> {
                out.u8(2);
                valTypes(1, value);
            }
            case ExternTypeRef.TypeEq(int index) -> out.u8(3).u8(0).u32(index);
            case ExternTypeRef.SubResource() -> out.u8(3).u8(1);
            case ExternTypeRef.Component(int index) -> out.u8(4).u32(index);
            case ExternTypeRef.Instance(int index) -> out.u8(5).u32(index);
        }
    }
}
