package dev.virga.component.validation;

import dev.virga.engine.ExternType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.Limits;
import dev.virga.engine.MemoryType;
import dev.virga.engine.ModuleType;
import dev.virga.engine.TableType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether something of a core type can stand where another is expected. */
final class CoreSubtyping {

    private CoreSubtyping() {}

    /** Why not; empty if it can. A module may import less and export more. */
    static Optional<String> mismatch(ModuleType actual, ModuleType expected) {
        Map<List<String>, ExternType> offered = HashMap.newHashMap(expected.imports().size());
        expected.imports().forEach(i -> offered.put(List.of(i.module(), i.name()), i.type()));
        for (ModuleType.Import i : actual.imports()) {
            ExternType offer = offered.get(List.of(i.module(), i.name()));
            String name = "import `" + i.module() + "::" + i.name() + "`";
            if (offer == null) {
                return Optional.of("missing expected " + name);
            }
            Optional<String> why = mismatch(offer, i.type());
            if (why.isPresent()) {
                return Optional.of("type mismatch in " + name + ": " + why.get());
            }
        }
        Map<String, ExternType> exports = HashMap.newHashMap(actual.exports().size());
        actual.exports().forEach(e -> exports.put(e.name(), e.type()));
        for (ModuleType.Export e : expected.exports()) {
            ExternType export = exports.get(e.name());
            if (export == null) {
                return Optional.of("missing expected export `" + e.name() + "`");
            }
            Optional<String> why = mismatch(export, e.type());
            if (why.isPresent()) {
                return Optional.of("type mismatch in export `" + e.name() + "`: " + why.get());
            }
        }
        return Optional.empty();
    }

    static Optional<String> mismatch(ExternType actual, ExternType expected) {
        return switch (expected) {
            case ExternType.Func(var type) when actual instanceof ExternType.Func(var other) ->
                unless(type.equals(other), "expected: (func) " + type + ", found: (func) " + other);
            case ExternType.Tag(var type) when actual instanceof ExternType.Tag(var other) ->
                unless(type.equals(other), "expected tag type " + type + ", found " + other);
            case ExternType.Global(var type) when actual instanceof ExternType.Global(var other) -> global(other, type);
            case ExternType.Table(var type) when actual instanceof ExternType.Table(var other) -> table(other, type);
            case ExternType.Memory(var type) when actual instanceof ExternType.Memory(var other) -> memory(other, type);
            default -> Optional.of("expected " + kind(expected) + ", found " + kind(actual));
        };
    }

    private static Optional<String> global(GlobalType actual, GlobalType expected) {
        if (actual.mutable() != expected.mutable()) {
            return Optional.of("mismatch in the mutability of globals");
        }
        return unless(
                actual.value().equals(expected.value()),
                "expected global type " + expected.value() + ", found " + actual.value());
    }

    private static Optional<String> table(TableType actual, TableType expected) {
        if (!actual.element().equals(expected.element())) {
            return Optional.of("expected table element type " + expected.element() + ", found " + actual.element());
        }
        return limits(actual.limits(), expected.limits(), "table");
    }

    private static Optional<String> memory(MemoryType actual, MemoryType expected) {
        if (actual.shared() != expected.shared()) {
            return Optional.of("mismatch in the shared flag for memories");
        }
        return limits(actual.limits(), expected.limits(), "memory");
    }

    private static Optional<String> limits(Limits actual, Limits expected, String what) {
        if (actual.is64() != expected.is64()) {
            return Optional.of("mismatch in index type of the " + what);
        }
        return unless(actual.matches(expected), "mismatch in " + what + " limits");
    }

    private static Optional<String> unless(boolean matches, String why) {
        return matches ? Optional.empty() : Optional.of(why);
    }

    private static String kind(ExternType type) {
        return switch (type) {
            case ExternType.Func f -> "func";
            case ExternType.Table t -> "table";
            case ExternType.Memory m -> "memory";
            case ExternType.Global g -> "global";
            case ExternType.Tag t -> "tag";
        };
    }
}
