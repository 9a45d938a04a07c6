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
    private final int start;
    private final int depth;
    private final Budget budget;

    /** @param start where the component begins */
    private ComponentDecoder(int start, int depth, Budget budget) {
        this.start = start;
        this.depth = depth;
        this.budget = budget;
    }

    /**
     * Decodes a component and all that it embeds, except for the content of core modules.
     *
     * @throws ComponentException.Malformed if the bytes break the grammar or are no component
     */
    public static ComponentBinary decode(byte[] bytes) {
        return new ComponentDecoder(0, 0, new Budget()).component(bytes, bytes.length);
    }

    private ComponentBinary component(byte[] bytes, int end) {
        Reader in = new Reader(bytes, start, end, "in the header" + Section.of(start), budget);
        preamble(in);
        Reader sections =
                new Reader(bytes, in.position(), end, "in the header of a section" + Section.of(start), budget);
        while (!sections.atEnd()) {
            section(sections);
        }
        return new ComponentBinary(bytes, start, end, definitions, customs);
    }

    private void preamble(Reader in) {
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
        in.charge(1);
        int id = in.u8();
        Section[] sections = Section.values();
        if (id >= sections.length) {
            throw in.malformed("malformed section id " + id, offset);
        }
        Section section = sections[id];
        Reader content = in.slice(in.size(), section.in(start));
        switch (section) {
            case CUSTOM -> {
                String custom = content.name();
                customs.add(new CustomSection(custom, content.position(), content.end()));
                return;
            }
            case CORE_MODULE -> {
                coreModule(content);
                return;
            }
            case COMPONENT -> {
                definitions.add(component(content));
                return;
            }
            case START -> definitions.add(start(content));
            default -> definitions.addAll(content.vector(() -> definition(section, content)));
        }
        content.finish();
    }

    private Definition component(Reader in) {
        if (depth + 1 >= MAX_NESTING) {
            throw in.malformed("components nest deeper than " + MAX_NESTING + " levels");
        }
        in.charge(Budget.WHOLE);
        int inner = in.position();
        return new Definition.Component(
                inner, new ComponentDecoder(inner, depth + 1, budget).component(in.bytes(), in.end()));
    }

    private Definition definition(Section section, Reader in) {
        return switch (section) {
            case CORE_INSTANCE -> InstanceDecoder.coreInstance(in);
            case CORE_TYPE -> new Definition.CoreType(in.position(), CoreTypeDecoder.type(in));
            case INSTANCE -> InstanceDecoder.instance(in);
            case ALIAS -> InstanceDecoder.alias(in);
            case TYPE -> new Definition.Type(in.position(), TypeDecoder.type(in, depth + 1));
            case CANON -> new Definition.Canon(in.position(), CanonDecoder.canon(in));
            case IMPORT -> new Definition.Import(in.position(), NameDecoder.externName(in), TypeDecoder.externType(in));
            case EXPORT -> new Definition.Export(
                    in.position(),
                    NameDecoder.externName(in),
                    InstanceDecoder.ref(in),
                    TypeDecoder.optional(in, "an ascribed type", () -> TypeDecoder.externType(in)));
            case VALUE -> value(in);
            case CUSTOM, CORE_MODULE, COMPONENT, START -> throw new IllegalArgumentException("no vector: " + section);
        };
    }

    private void coreModule(Reader in) {
        in.charge(Budget.WHOLE);
        int module = in.position();
        if (in.end() - module < PREAMBLE || fourBytes(in) != MAGIC || fourBytes(in) != CORE_VERSION) {
            throw in.malformed("expected the header of a core module", module);
        }
        definitions.add(new Definition.CoreModule(module, module, in.end()));
    }

    private static Definition start(Reader in) {
        int offset = in.position();
        return new Definition.Start(offset, in.u32(), in.vector(in::u32), in.u32());
    }

    private static Definition value(Reader in) {
        int offset = in.position();
        ValTypeRef type = TypeDecoder.valType(in);
        int size = in.size();
        int value = in.position();
        in.slice(size, "in a value");
        return new Definition.Value(offset, type, value, value + size);
    }
}
