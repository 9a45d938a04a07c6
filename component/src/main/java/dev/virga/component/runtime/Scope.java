package dev.virga.component.runtime;

import dev.virga.component.binary.Sort;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The index spaces of one component instance of a plan, while its definitions are evaluated. */
final class Scope {

    /** The number of this component instance in the plan. */
    final int instance;

    final Modules modules;
    private final Optional<Scope> outer;
    private final Map<Sort, List<Item>> items = new EnumMap<>(Sort.class);

    Scope(int instance, Modules modules, Optional<Scope> outer) {
        this.instance = instance;
        this.modules = modules;
        this.outer = outer;
    }

    void add(Sort sort, Item item) {
        items.computeIfAbsent(sort, _ -> new ArrayList<>()).add(item);
    }

    Item get(Sort sort, int index) {
        return items.get(sort).get(index);
    }

    /** The scope {@code count} components further out. */
    Scope outer(int count) {
        Scope scope = this;
        for (int i = 0; i < count; i++) {
            scope = scope.outer.orElseThrow();
        }
        return scope;
    }
}
