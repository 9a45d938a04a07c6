package dev.virga.wit;

import java.util.List;
import java.util.Optional;

/** A parsed file, its names not resolved. {@code at} is an offset in the file. */
record Ast(Source source, Optional<PackageDecl> packageDecl, List<Item> items, List<NestedPackage> nested) {

    record Name(String text, int at) {}

    record PackageDecl(PackageName name, int at, String docs) {}

    /** @param end the offset behind its closing brace */
    record NestedPackage(PackageDecl decl, List<Item> items, int end) {}

    /** A path without package names something of the same package. */
    record Path(Optional<PackageName> packageName, Name name, int at) {}

    sealed interface Item {
        Name name();

        Annotations annotations();
    }

    /** A top-level use: {@code name} stands for the path in this file. */
    record TopUse(Name name, Path path, Annotations annotations) implements Item {}

    record InterfaceDecl(Name name, Annotations annotations, List<InterfaceItem> items) implements Item {}

    record WorldDecl(Name name, Annotations annotations, List<WorldItem> items) implements Item {}

    sealed interface InterfaceItem {
        Annotations annotations();
    }

    sealed interface WorldItem {
        Annotations annotations();
    }

    record Use(Path path, List<UseName> names, Annotations annotations) implements InterfaceItem, WorldItem {}

    /** {@code original as name} */
    record UseName(Name original, Name name) {}

    record TypeDecl(Name name, TypeBody body, Annotations annotations) implements InterfaceItem, WorldItem {}

    record FuncDecl(Name name, FuncKind kind, FuncType type, Annotations annotations) implements InterfaceItem {}

    enum FuncKind {
        PLAIN, STATIC, CONSTRUCTOR
    }

    record FuncType(boolean async, List<Field> params, Optional<TypeExpr> result) {}

    record Include(Path path, List<UseName> renames, Annotations annotations) implements WorldItem {}

    /** An import or export. */
    record Extern(boolean imported, ExternType type, int at, Annotations annotations) implements WorldItem {}

    sealed interface ExternType {
        record ByPath(Path path) implements ExternType {}

        record Renamed(Name name, Path path) implements ExternType {}

        record Inline(Name name, List<InterfaceItem> items) implements ExternType {}

        record Func(FuncDecl function) implements ExternType {}
    }

    sealed interface TypeBody {
        record Record(List<Field> fields) implements TypeBody {}

        record Variant(List<Case> cases) implements TypeBody {}

        record Enum(List<Case> cases) implements TypeBody {}

        record Flags(List<Case> flags) implements TypeBody {}

        record Alias(TypeExpr type) implements TypeBody {}

        record Resource(List<FuncDecl> functions) implements TypeBody {}
    }

    /** A field or parameter. */
    record Field(Name name, TypeExpr type, String docs) {}

    record Case(Name name, Optional<TypeExpr> type, String docs) {}

    sealed interface TypeExpr {
        record Primitive(Type.Primitive type) implements TypeExpr {}

        record Named(Name name) implements TypeExpr {}

        record Own(Name name) implements TypeExpr {}

        record Borrow(Name name) implements TypeExpr {}

        record ListOf(TypeExpr element) implements TypeExpr {}

        record FixedList(TypeExpr element, int length) implements TypeExpr {}

        record MapOf(Type.Primitive key, TypeExpr value) implements TypeExpr {}

        record Option(TypeExpr type) implements TypeExpr {}

        record Result(Optional<TypeExpr> ok, Optional<TypeExpr> error) implements TypeExpr {}

        record Tuple(List<TypeExpr> types) implements TypeExpr {}

        record Stream(Optional<TypeExpr> element, int at) implements TypeExpr {}

        record Future(Optional<TypeExpr> element, int at) implements TypeExpr {}
    }
}
