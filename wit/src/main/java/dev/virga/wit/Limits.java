package dev.virga.wit;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bounds on what a text can blow up to: a few lines can describe a type of exponential size or a
 * world that repeats all others, and everything that walks over the model relies on small depth.
 */
final class Limits {

    static final int MAX_DEPTH = 100;
    private static final int MAX_TYPE_SIZE = 100_000;
    private static final int MAX_WORK = 1_000_000;

    /** How deep a type nests, how many nodes it has when written out, and whether a borrow is among them. */
    private record Extent(int depth, int size, boolean borrows) {
        static final Extent LEAF = new Extent(1, 1, false);

        Extent plus(Extent part) {
            return new Extent(Math.max(depth, part.depth + 1), Math.min(size + part.size, MAX_TYPE_SIZE + 1),
                    borrows || part.borrows);
        }
    }

    private final Map<TypeDef, Extent> extents = new IdentityHashMap<>();
    private int work;

    /** Counts a step of a kind that a text can repeat more often than it has characters. */
    void work(Scope scope, int at) {
        if (++work > MAX_WORK) {
            throw scope.error(at, "these packages are too large once every world is written out in full");
        }
    }

    void check(TypeDef def, Scope scope, int at) {
        Extent extent = extent(def);
        if (extent.depth > MAX_DEPTH) {
            throw scope.error(at, "the type '" + def.name() + "' nests deeper than " + MAX_DEPTH + " levels");
        }
        if (extent.size > MAX_TYPE_SIZE) {
            throw scope.error(at, "the type '" + def.name() + "' has more than " + MAX_TYPE_SIZE
                    + " parts when written out");
        }
    }

    /** Whether a type holds a borrowed handle, which may not outlive a call. */
    boolean borrows(Type type) {
        return extent(type).borrows;
    }

    private Extent extent(TypeDef def) {
        Extent known = extents.get(def);
        if (known == null) {
            known = switch (def.kind()) {
                case TypeDef.Kind.Record(List<TypeDef.Field> fields) ->
                    sum(fields.stream().map(TypeDef.Field::type).toList());
                case TypeDef.Kind.Variant(List<TypeDef.Case> cases) ->
                    sum(cases.stream().map(c -> c.type().orElse(Type.Primitive.BOOL)).toList());
                case TypeDef.Kind.Enum e -> Extent.LEAF;
                case TypeDef.Kind.Flags f -> Extent.LEAF;
                case TypeDef.Kind.Resource r -> Extent.LEAF;
                case TypeDef.Kind.Alias(Type type) -> sum(List.of(type));
                case TypeDef.Kind.Use(TypeDef used) -> Extent.LEAF.plus(extent(used));
            };
            extents.put(def, known);
        }
        return known;
    }

    private Extent extent(Type type) {
        return switch (type) {
            case Type.Primitive p -> Extent.LEAF;
            case Type.Named(TypeDef def) -> Extent.LEAF.plus(extent(def));
            case Type.Borrow b -> new Extent(1, 1, true);
            case Type.ListOf(Type element) -> sum(List.of(element));
            case Type.FixedList(Type element, int length) -> sum(List.of(element));
            case Type.MapOf(Type key, Type value) -> sum(List.of(key, value));
            case Type.Option(Type some) -> sum(List.of(some));
            case Type.Result(Optional<Type> ok, Optional<Type> error) ->
                sum(List.of(ok.orElse(Type.Primitive.BOOL), error.orElse(Type.Primitive.BOOL)));
            case Type.Tuple(List<Type> types) -> sum(types);
            case Type.Stream(Optional<Type> element) -> sum(element.stream().toList());
            case Type.Future(Optional<Type> element) -> sum(element.stream().toList());
        };
    }

    private Extent sum(List<Type> parts) {
        Extent sum = Extent.LEAF;
        for (Type part : parts) {
            sum = sum.plus(extent(part));
        }
        return sum;
    }
}
