package dev.virga.component.compose;

import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternTypeRef;
import dev.virga.component.binary.Sort;
import dev.virga.component.binary.TypeDef;
import dev.virga.component.binary.ValTypeRef;
import dev.virga.component.type.ValueType.Primitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** The type of an instance with random types and functions; each type is named as WIT would name it. */
final class RandomInterface {

    private static final List<Primitive> PRIMITIVES = List.of(Primitive.values());
    /** Types that may stand in more places than others. */
    private static final List<Primitive> KEYS = List.of(Primitive.U8, Primitive.S64, Primitive.STRING, Primitive.BOOL);

    private final Random random;
    private final List<Definition> declarations = new ArrayList<>();
    private final List<Integer> values = new ArrayList<>();
    private final List<Integer> resources = new ArrayList<>();
    private final List<String> typeNames = new ArrayList<>();
    private final List<String> resourceNames = new ArrayList<>();
    private int types;
    private int names;

    RandomInterface(Random random) {
        this.random = random;
    }

    /** Lets the interface use a type of an enclosing component. */
    void use(int outer, boolean resource) {
        declarations.add(new Definition.AliasOuter(0, Sort.TYPE, 1, outer));
        types++;
        name(types - 1, resource);
    }

    RandomInterface fill(int count) {
        for (int i = 0; i < count; i++) {
            switch (random.nextInt(5)) {
                case 0 -> {
                    String name = nextName("r");
                    declarations.add(Sketch.export(name, new ExternTypeRef.SubResource()));
                    resources.add(types++);
                    resourceNames.add(name);
                    typeNames.add(name);
                }
                case 1, 2 -> type();
                default -> function();
            }
        }
        function();
        return this;
    }

    List<Definition> declarations() {
        return declarations;
    }

    List<String> typeNames() {
        return typeNames;
    }

    List<String> resourceNames() {
        return resourceNames;
    }

    private String nextName(String prefix) {
        return prefix + names++;
    }

    private int define(TypeDef type) {
        declarations.add(Sketch.define(type));
        return types++;
    }

    /** Exports a type, which gives it one more index: the one to use from now on. */
    private void name(int index, boolean resource) {
        String name = nextName(resource ? "r" : "t");
        declarations.add(Sketch.export(name, new ExternTypeRef.TypeEq(index)));
        (resource ? resources : values).add(types++);
        typeNames.add(name);
        if (resource) {
            resourceNames.add(name);
        }
    }

    private void type() {
        TypeDef type = definition();
        int index = define(type);
        boolean needsName = type instanceof TypeDef.Record
                || type instanceof TypeDef.Variant
                || type instanceof TypeDef.Enum
                || type instanceof TypeDef.Flags;
        if (needsName || random.nextInt(3) == 0) {
            name(index, false);
        } else {
            values.add(index);
        }
    }

    private TypeDef definition() {
        return switch (random.nextInt(14)) {
            case 0 -> new TypeDef.Record(some(i -> new TypeDef.Labeled("f" + i, value())));
            case 1 -> new TypeDef.Variant(some(i -> new TypeDef.Case("c" + i, maybe())));
            case 2 -> new TypeDef.ListOf(value());
            case 3 -> new TypeDef.FixedList(value(), 1 + random.nextInt(4));
            case 4 -> new TypeDef.MapOf(primitive(KEYS), primitive(KEYS));
            case 5 -> new TypeDef.Tuple(some(_ -> value()));
            case 6 -> new TypeDef.Flags(some(i -> "l" + i));
            case 7 -> new TypeDef.Enum(some(i -> "l" + i));
            case 8 -> new TypeDef.Option(value());
            case 9 -> new TypeDef.Result(maybe(), maybe());
            case 10 -> new TypeDef.Stream(maybe().filter(t -> !t.equals(new ValTypeRef.Primitive(Primitive.CHAR))));
            case 11 -> new TypeDef.Future(maybe());
            case 12 -> new TypeDef.Primitive(primitive(KEYS).type());
            default -> resources.isEmpty()
                    ? new TypeDef.ListOf(value())
                    : new TypeDef.Own(resources.get(random.nextInt(resources.size())));
        };
    }

    private void function() {
        List<TypeDef.Labeled> params = new ArrayList<>();
        String name = nextName("f");
        boolean method = !resources.isEmpty() && random.nextInt(3) == 0;
        if (method) {
            int which = random.nextInt(resources.size());
            params.add(new TypeDef.Labeled(
                    "self", new ValTypeRef.Index(define(new TypeDef.Borrow(resources.get(which))))));
            name = "[method]" + resourceNames.get(which) + "." + name;
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            boolean borrow = !resources.isEmpty() && random.nextInt(5) == 0;
            ValTypeRef type = borrow
                    ? new ValTypeRef.Index(define(
                            new TypeDef.Borrow(resources.get(random.nextInt(resources.size())))))
                    : value();
            params.add(new TypeDef.Labeled("p" + i, type));
        }
        int type = define(new TypeDef.Func(params, maybe(), random.nextBoolean()));
        declarations.add(Sketch.export(name, new ExternTypeRef.Func(type)));
    }

    private Optional<ValTypeRef> maybe() {
        return random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value());
    }

    private ValTypeRef value() {
        return values.isEmpty() || random.nextInt(2) == 0
                ? primitive(PRIMITIVES)
                : new ValTypeRef.Index(values.get(random.nextInt(values.size())));
    }

    private ValTypeRef.Primitive primitive(List<Primitive> types) {
        return new ValTypeRef.Primitive(types.get(random.nextInt(types.size())));
    }

    private <T> List<T> some(java.util.function.IntFunction<T> item) {
        return IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(item).toList();
    }
}
