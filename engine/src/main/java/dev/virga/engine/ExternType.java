package dev.virga.engine;

/** The type of an import or export of a core module. */
public sealed interface ExternType {
    record Func(FuncType type) implements ExternType {}

    record Table(TableType type) implements ExternType {}

    record Memory(MemoryType type) implements ExternType {}

    record Global(GlobalType type) implements ExternType {}

    record Tag(FuncType type) implements ExternType {}
}
