package dev.virga.component.validation;

import dev.virga.engine.FuncType;
import dev.virga.engine.ModuleType;

/** What a core type index of a component can stand for, resolved. */
sealed interface CoreType {
    record Func(FuncType type) implements CoreType {}

    record Module(ModuleType type) implements CoreType {}

    /** Any other core type; nothing can refer to its content. */
    record Aggregate() implements CoreType {}
}
