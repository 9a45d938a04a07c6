package dev.virga.host.shape;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tables of fields for the documentation, in Markdown. */
public final class FieldTables {

    private FieldTables() {}

    /** A table for each of these records and of those in them. */
    public static String markdown(List<Class<? extends Record>> types) {
        Set<Struct<?>> all = new LinkedHashSet<>();
        types.forEach(type -> collect(Struct.of(type), all));
        StringBuilder text = new StringBuilder();
        all.stream().filter(struct -> !struct.slots().isEmpty()).forEach(struct -> print(struct, text));
        return text.toString();
    }

    private static void collect(Struct<?> struct, Set<Struct<?>> all) {
        if (all.add(struct)) {
            struct.slots().forEach(slot -> inner(slot.type()).ifPresent(inner -> collect(inner, all)));
        }
    }

    private static Optional<Struct<?>> inner(Type<?> type) {
        return switch (type) {
            case Struct<?> struct -> Optional.of(struct);
            case ListType<?> list -> inner(list.items());
            case MapType<?> map -> inner(map.values());
            case OverridesType<?> overrides -> Optional.of(overrides.struct());
            case ScalarType<?> _ -> Optional.empty();
        };
    }

    private static void print(Struct<?> struct, StringBuilder text) {
        text.append("### ").append(struct.words());
        text.append("\n\n| field | type | default | meaning |\n|---|---|---|---|\n");
        for (Slot slot : struct.slots()) {
            List<String> cells = new ArrayList<>();
            cells.add("`" + slot.name() + "`");
            cells.add(type(slot.type()));
            cells.add(slot.absent().isEmpty()
                    ? "required"
                    : slot.shownDefault().map(value -> "`" + value + "`").orElse(""));
            cells.add(slot.meaning());
            cells.replaceAll(cell -> cell.replace("|", "\\|"));
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        text.append('\n');
    }

    private static String type(Type<?> type) {
        Optional<Struct<?>> linked = inner(type).filter(struct -> !struct.slots().isEmpty());
        return linked.map(struct -> type.words().replace(
                        struct.words(), "[" + struct.words() + "](#" + struct.words().toLowerCase(Locale.ROOT) + ")"))
                .orElse(type.words());
    }
}
