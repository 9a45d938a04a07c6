package dev.virga.component.binary;

import java.util.List;
import java.util.Optional;

/** One definition of a component. {@link #offset()} is its first byte in the binary. */
public sealed interface Definition {

    int offset();

    /** Where a component has such definitions; those that only types have are in those. */
    default Section section() {
        return switch (this) {
            case CoreModule _ -> Section.CORE_MODULE;
            case Component _ -> Section.COMPONENT;
            case CoreInstantiate _, CoreInline _ -> Section.CORE_INSTANCE;
            case Instantiate _, Inline _ -> Section.INSTANCE;
            case AliasExport _, AliasCoreExport _, AliasOuter _ -> Section.ALIAS;
            case CoreType _ -> Section.CORE_TYPE;
            case Type _, ExportDecl _ -> Section.TYPE;
            case Canon _ -> Section.CANON;
            case Start _ -> Section.START;
            case Value _ -> Section.VALUE;
            case Import _ -> Section.IMPORT;
            case Export _ -> Section.EXPORT;
        };
    }

    /** A reference to an item by its index space and index ({@code sortidx}). */
    record Ref(Sort sort, int index) {}

    /** An argument of an instantiation. */
    record Argument(String name, Ref ref) {}

    /** An inline export. */
    record InlineExport(ExternName name, Ref ref) {}

    /** A named reference between core items; core names are any string. */
    record CoreNamed(String name, Ref ref) {}

    /** A core module, embedded from {@code start} to {@code end}. */
    record CoreModule(int offset, int start, int end) implements Definition {}

    /** A nested component. */
    record Component(int offset, ComponentBinary binary) implements Definition {}

    /** {@code core instance (instantiate $module (with "name" (instance $i))…)}; each ref is a core instance. */
    record CoreInstantiate(int offset, int module, List<CoreNamed> args) implements Definition {}

    /** {@code core instance (export "name" (func $f))…} */
    record CoreInline(int offset, List<CoreNamed> exports) implements Definition {}

    /** {@code instance (instantiate $component (with "name" …)…)} */
    record Instantiate(int offset, int component, List<Argument> args) implements Definition {}

    /** {@code instance (export "name" …)…} */
    record Inline(int offset, List<InlineExport> exports) implements Definition {}

    /** {@code alias export $instance "name"} */
    record AliasExport(int offset, Sort sort, int instance, String name) implements Definition {}

    /** {@code alias core export $instance "name"} */
    record AliasCoreExport(int offset, Sort sort, int instance, String name) implements Definition {}

    /** {@code alias outer $count $index} */
    record AliasOuter(int offset, Sort sort, int count, int index) implements Definition {}

    record CoreType(int offset, CoreTypeDef type) implements Definition {}

    record Type(int offset, TypeDef type) implements Definition {}

    record Canon(int offset, CanonDef canon) implements Definition {}

    record Start(int offset, int func, List<Integer> args, int results) implements Definition {}

    /** A value definition: its encoding lies from {@code start} to {@code end}. Gated feature. */
    record Value(int offset, ValTypeRef type, int start, int end) implements Definition {}

    record Import(int offset, ExternName name, ExternTypeRef type) implements Definition {}

    /** An export as a component type or instance type declares it. */
    record ExportDecl(int offset, ExternName name, ExternTypeRef type) implements Definition {}

    record Export(int offset, ExternName name, Ref ref, Optional<ExternTypeRef> type) implements Definition {}
}
