package dev.virga.component.binary;

import dev.virga.component.binary.Definition.Ref;
import java.util.List;

/** Encodes instances, aliases and the sorts that they refer to: the other way round than {@link InstanceDecoder}. */
final class InstanceEncoder {

    private InstanceEncoder() {}

    static void instance(Definition definition, BinaryWriter out) {
        switch (definition) {
            case Definition.Instantiate(int _, int component, List<Definition.Argument> args) ->
                out.u8(0).u32(component).vector(args, a -> {
                    out.name(a.name());
                    ref(a.ref(), out);
                });
            case Definition.Inline(int _, List<Definition.InlineExport> exports) -> out.u8(1).vector(exports, e -> {
                NameEncoder.externName(e.name(), out);
                ref(e.ref(), out);
            });
            default -> throw new IllegalArgumentException("not an instance: " + definition);
        }
    }

    static void alias(Definition definition, BinaryWriter out) {
        switch (definition) {
            case Definition.AliasExport(int _, Sort sort, int instance, String name) -> {
                sort(sort, out);
                out.u8(0).u32(instance).name(name);
            }
            case Definition.AliasOuter(int _, Sort sort, int count, int index) -> {
                sort(sort, out);
                out.u8(2).u32(count).u32(index);
            }
            default -> throw new IllegalArgumentException("not an alias: " + definition);
        }
    }

    static void ref(Ref ref, BinaryWriter out) {
        sort(ref.sort(), out);
        out.u32(ref.index());
    }

    static void sort(Sort sort, BinaryWriter out) {
        switch (sort) {
            case CORE_FUNC -> out.u8(0).u8(0x00);
            case CORE_TABLE -> out.u8(0).u8(0x01);
            case CORE_MEMORY -> out.u8(0).u8(0x02);
            case CORE_GLOBAL -> out.u8(0).u8(0x03);
            case CORE_TAG -> out.u8(0).u8(0x04);
            case CORE_TYPE -> out.u8(0).u8(0x10);
            case CORE_MODULE -> out.u8(0).u8(0x11);
            case CORE_INSTANCE -> out.u8(0).u8(0x12);
            case FUNC -> out.u8(1);
            case VALUE -> out.u8(2);
            case TYPE -> out.u8(3);
            case COMPONENT -> out.u8(4);
            case INSTANCE -> out.u8(5);
        }
    }
}
