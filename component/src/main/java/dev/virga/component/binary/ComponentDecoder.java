package dev.virga.component.binary;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ComponentBinary.CustomSection;
import java.util.ArrayList;
import java.util.List;

/** Decodes the binary format of components (Binary, "Component Definitions"). */
public final class ComponentDecoder {

    /** How deep components and the types of components and instances may nest; tools make a few levels. */
    static final int MAX_NESTING = 100;

    private static final int MAGIC = 0x0061736d;
    private static final int CORE_VERSION = 0x01000000;
    private static final int COMPONENT_VERSION = 0x0d000100;
    private static final int PREAMBLE = 8;

    private final List<Definition> definitions = new ArrayList<>();
    private final List<CustomSection> customs = new ArrayList<>();
    private final int depth;

    private ComponentDecoder(int depth) {
        this.depth = depth;
    }

    /**
     * Decodes a component and all that it embeds, except for the content of core modules.
     *
     * @throws ComponentException.Malformed if the bytes break the grammar or are no component
     */
    public static ComponentBinary decode(byte[] bytes) {
        return new ComponentDecoder(0).component(new Reader(bytes, 0, bytes.length, "component"));
    }

    private ComponentBinary component(Reader in) {
        int start = in.position();
        preamble(in);
        while (!in.atEnd()) {
            section(in);
        }
        return new ComponentBinary(in.bytes(), start, in.end(), definitions, customs);
    }

    private void preamble(Reader in) {
        int start = in.position();
        if (in.end() - start < PREAMBLE || fourBytes(in) != MAGIC) {
            throw depth == 0 ? ForeignBinary.describe(in.bytes()) : in.malformed("magic header not detected", start);
        }
        int version = fourBytes(in);
        if (version == CORE_VERSION) {
            throw depth == 0
                    ? ForeignBinary.describe(in.bytes())
                    : in.malformed("expected the version of a component, not of a core module", start + 4);
        }
        if (version != COMPONENT_VERSION) {
            throw in.malformed("unknown binary version 0x" + Integer.toHexString(version), start + 4);
        }
    }

    private static int fourBytes(Reader in) {
        return in.u8() << 24 | in.u8() << 16 | in.u8() << 8 | in.u8();
    }

    private void section(Reader in) {
        int offset = in.position();
        int id = in.u8();
        String name = switch (id) {
            case 0 -> "custom section";
            case 1 -> "core module section";
            case 2 -> "core instance section";
            case 3 -> "core type section";
            case 4 -> "component section";
            case 5 -> "instance section";
            case 6 -> "alias section";
            case 7 -> "type section";
            case 8 -> "canon section";
            case 9 -> "start section";
            case 10 -> "import section";
            case 11 -> "export section";
            case 12 -> "value section";
            default -> throw in.malformed("malformed section id " + id, offset);
        };
        int size = in.size();
        Reader content = in.slice(size, name);
        switch (id) {
            case 0 -> {
                String custom = content.name();
                customs.add(new CustomSection(custom, content.position(), content.end()));
                return;
            }
            case 1 -> {
                coreModule(content);
                return;
            }
            case 4 -> {
                if (depth + 1 >= MAX_NESTING) {
                    throw content.malformed("components nest deeper than " + MAX_NESTING + " levels");
                }
                int start = content.position();
                definitions.add(new Definition.Component(start, new ComponentDecoder(depth + 1).component(content)));
                return;
            }
            case 9 -> definitions.add(start(content));
            default -> definitions.addAll(content.vector(() -> definition(id, content)));
        }
        content.finish();
    }

    private Definition definition(int section, Reader in) {
        return switch (section) {
            case 2 -> InstanceDecoder.coreInstance(in);
            case 3 -> new Definition.CoreType(in.position(), CoreTypeDecoder.type(in));
            case 5 -> InstanceDecoder.instance(in);
            case 6 -> InstanceDecoder.alias(in);
            case 7 -> new Definition.Type(in.position(), TypeDecoder.type(in, depth + 1));
            case 8 -> new Definition.Canon(in.position(), CanonDecoder.canon(in));
            case 10 -> new Definition.Import(in.position(), NameDecoder.externName(in), TypeDecoder.externType(in));
            case 11 -> new Definition.Export(
                    in.position(),
                    NameDecoder.externName(in),
                    InstanceDecoder.ref(in),
                    TypeDecoder.optional(in, "an ascribed type", () -> TypeDecoder.externType(in)));
            case 12 -> value(in);
            default -> throw new IllegalArgumentException("section " + section);
        };
    }

    private void coreModule(Reader in) {
        int start = in.position();
        if (in.end() - start < PREAMBLE || fourBytes(in) != MAGIC || fourBytes(in) != CORE_VERSION) {
            throw in.malformed("expected the header of a core module", start);
        }
        definitions.add(new Definition.CoreModule(start, start, in.end()));
    }

    private static Definition start(Reader in) {
        int offset = in.position();
        return new Definition.Start(offset, in.u32(), in.vector(in::u32), in.u32());
    }

    private static Definition value(Reader in) {
        int offset = in.position();
        ValTypeRef type = TypeDecoder.valType(in);
        int size = in.size();
        int start = in.position();
        in.slice(size, "value");
        return new Definition.Value(offset, type, start, start + size);
    }
}
