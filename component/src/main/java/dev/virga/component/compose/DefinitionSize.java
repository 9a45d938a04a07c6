package dev.virga.component.compose;

import dev.virga.component.binary.Definition;
import dev.virga.component.binary.ExternName;
import dev.virga.component.binary.TypeDef;
import java.util.List;
import java.util.function.Function;

/** How many bytes a definition takes, roughly; those of what it holds have been counted when they were added. */
final class DefinitionSize {

    private static final int LEAST = 8;

    private DefinitionSize() {}

    static long of(Definition definition) {
        return LEAST
                + switch (definition) {
                    case Definition.Import(int _, ExternName name, var _) -> name.text().length();
                    case Definition.ExportDecl(int _, ExternName name, var _) -> name.text().length();
                    case Definition.AliasExport(int _, var _, int _, String name) -> name.length();
                    case Definition.Type(int _, TypeDef type) -> of(type);
                    default -> 0;
                };
    }

    private static long of(TypeDef type) {
        return switch (type) {
            case TypeDef.Record(var fields) -> labels(fields, TypeDef.Labeled::name);
            case TypeDef.Variant(var cases) -> labels(cases, TypeDef.Case::name);
            case TypeDef.Func(var params, var _, var _) -> labels(params, TypeDef.Labeled::name);
            case TypeDef.Enum(var labels) -> labels(labels, Function.identity());
            case TypeDef.Flags(var labels) -> labels(labels, Function.identity());
            case TypeDef.Tuple(var types) -> LEAST * (long) types.size();
            default -> 0;
        };
    }

    private static <T> long labels(List<T> items, Function<T, String> label) {
        return items.stream().mapToLong(item -> LEAST + label.apply(item).length()).sum();
    }
}
