package dev.virga.component.compose;

import dev.virga.component.binary.ComponentEncoder;
import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.binary.ValTypeRef;
import dev.virga.component.type.ValueType.Primitive;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Components without code, for tests of types: what they export is something that they import. */
final class Sketch {

    static final ValTypeRef U32 = new ValTypeRef.Primitive(Primitive.U32);
    static final ValTypeRef STRING = new ValTypeRef.Primitive(Primitive.STRING);

    private final String label;
    private final ComponentEncoder encoder = new ComponentEncoder();
    private final Map<Sort, Integer> counts = new EnumMap<>(Sort.class);

    Sketch(String label) {
        this.label = label;
    }

    Part part() {
        return Part.of(label, encoder.toByteArray());
    }

    int add(Sort sort, Definition definition) {
        encoder.add(definition);
        return counts.merge(sort, 1, Integer::sum) - 1;
    }

    int type(TypeDef type) {
        return add(Sort.TYPE, new Definition.Type(0, type));
    }

    /** Imports an instance with these exports; its index. */
    int importInstance(String name, List<Definition> declarations) {
        return importInstance(new ExternName(name), declarations);
    }

    int importInstance(ExternName name, List<Definition> declarations) {
        int type = type(new TypeDef.Instance(declarations));
        return add(Sort.INSTANCE, new Definition.Import(0, name, new ExternTypeRef.Instance(type)));
    }

    int importFunc(String name, TypeDef.Func type) {
        return add(Sort.FUNC, new Definition.Import(0, new ExternName(name), new ExternTypeRef.Func(type(type))));
    }

    /** The index of a type that an instance exports. */
    int typeOf(int instance, String name) {
        return add(Sort.TYPE, new Definition.AliasExport(0, Sort.TYPE, instance, name));
    }

    void export(String name, Sort sort, int index) {
        add(sort, new Definition.Export(0, new ExternName(name), new Definition.Ref(sort, index), Optional.empty()));
    }

    /** Exports under a name what is imported as {@code impl}. */
    Sketch implement(String name, List<Definition> declarations) {
        export(name, Sort.INSTANCE, importInstance("impl", declarations));
        return this;
    }

    static TypeDef.Func func(ValTypeRef result, ValTypeRef... params) {
        List<TypeDef.Labeled> labeled = java.util.stream.IntStream.range(0, params.length)
                .mapToObj(i -> new TypeDef.Labeled("p" + i, params[i]))
                .toList();
        return new TypeDef.Func(labeled, Optional.of(result), false);
    }

    static Definition define(TypeDef type) {
        return new Definition.Type(0, type);
    }

    static Definition.ExportDecl export(String name, ExternTypeRef type) {
        return new Definition.ExportDecl(0, new ExternName(name), type);
    }

    /** An instance with functions from u32 to u32. */
    static List<Definition> functions(String... names) {
        List<Definition> all = new java.util.ArrayList<>();
        all.add(define(func(U32, U32)));
        for (String name : names) {
            all.add(export(name, new ExternTypeRef.Func(0)));
        }
        return all;
    }
}
