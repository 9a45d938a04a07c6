package dev.virga.component.binary;

import dev.virga.component.binary.Definition.Ref;

/** Decodes instances, aliases and the sorts that they refer to (Binary, "Instance Definitions"). */
final class InstanceDecoder {

    private InstanceDecoder() {}

    static Definition coreInstance(Reader in) {
        int offset = in.position();
        int form = in.u8();
        return switch (form) {
            case 0 -> new Definition.CoreInstantiate(offset, in.u32(), in.vector(() -> coreArgument(in)));
            case 1 -> new Definition.CoreInline(
                    offset, in.vector(() -> new Definition.CoreNamed(in.name(), new Ref(coreSort(in), in.u32()))));
            default -> throw in.unexpected(form, "a core instance");
        };
    }

    private static Definition.CoreNamed coreArgument(Reader in) {
        String name = in.name();
        in.expect(0x12, "an instantiation argument, which must be a core instance");
        return new Definition.CoreNamed(name, new Ref(Sort.CORE_INSTANCE, in.u32()));
    }

    static Definition instance(Reader in) {
        int offset = in.position();
        int form = in.u8();
        return switch (form) {
            case 0 -> new Definition.Instantiate(
                    offset, in.u32(), in.vector(() -> new Definition.Argument(in.name(), ref(in))));
            case 1 -> new Definition.Inline(
                    offset, in.vector(() -> new Definition.InlineExport(NameDecoder.externName(in), ref(in))));
            default -> throw in.unexpected(form, "an instance");
        };
    }

    static Definition alias(Reader in) {
        int offset = in.position();
        Sort sort = sort(in);
        int form = in.u8();
        return switch (form) {
            case 0 -> new Definition.AliasExport(offset, sort, in.u32(), in.name());
            case 1 -> new Definition.AliasCoreExport(offset, sort, in.u32(), in.name());
            case 2 -> {
                switch (sort) {
                    case CORE_TYPE, CORE_MODULE, TYPE, COMPONENT -> {}
                    default -> throw in.malformed(
                            "an outer alias can be of a type, core type, component or core module, not of a " + sort,
                            offset);
                }
                yield new Definition.AliasOuter(offset, sort, in.u32(), in.u32());
            }
            default -> throw in.unexpected(form, "an alias");
        };
    }

    static Ref ref(Reader in) {
        return new Ref(sort(in), in.u32());
    }

    private static Sort sort(Reader in) {
        int code = in.u8();
        return switch (code) {
            case 0 -> coreSort(in);
            case 1 -> Sort.FUNC;
            case 2 -> Sort.VALUE;
            case 3 -> Sort.TYPE;
            case 4 -> Sort.COMPONENT;
            case 5 -> Sort.INSTANCE;
            default -> throw in.unexpected(code, "a sort");
        };
    }

    private static Sort coreSort(Reader in) {
        int code = in.u8();
        return switch (code) {
            case 0x00 -> Sort.CORE_FUNC;
            case 0x01 -> Sort.CORE_TABLE;
            case 0x02 -> Sort.CORE_MEMORY;
            case 0x03 -> Sort.CORE_GLOBAL;
            case 0x04 -> Sort.CORE_TAG;
            case 0x10 -> Sort.CORE_TYPE;
            case 0x11 -> Sort.CORE_MODULE;
            case 0x12 -> Sort.CORE_INSTANCE;
            default -> throw in.unexpected(code, "a core sort");
        };
    }
}
