package dev.virga.component.binary;

/**
 * Encodes a component (Binary, "Component Definitions"): the other way round than {@link
 * ComponentDecoder}. It writes what components are put together with: types, imports, exports,
 * aliases, instances and other components as they are. Neighbours of a kind share a section.
 */
public final class ComponentEncoder {

    private final BinaryWriter out = new BinaryWriter();
    private BinaryWriter section = new BinaryWriter();
    private int id;
    private int count;

    public ComponentEncoder() {
        out.bytes((byte) 0, (byte) 'a', (byte) 's', (byte) 'm').u8(0x0d).u8(0).u8(1).u8(0);
    }

    /** @throws IllegalArgumentException for a definition of the core level, a start or a value */
    public ComponentEncoder add(Definition definition) {
        switch (definition) {
            case Definition.Component(int _, ComponentBinary nested) -> {
                flush();
                out.section(4, new BinaryWriter().bytes(nested.bytes(), nested.start(), nested.end()));
            }
            case Definition.CoreType(int _, CoreTypeDef type) -> new CoreTypeEncoder(in(3)).type(type);
            case Definition.Instantiate _, Definition.Inline _ -> InstanceEncoder.instance(definition, in(5));
            case Definition.AliasExport _, Definition.AliasOuter _ -> InstanceEncoder.alias(definition, in(6));
            case Definition.Type(int _, TypeDef type) -> new TypeEncoder(in(7)).type(type);
            case Definition.Import(int _, ExternName name, ExternTypeRef type) -> {
                NameEncoder.externName(name, in(10));
                new TypeEncoder(section).externType(type);
            }
            case Definition.Export(int _, ExternName name, Definition.Ref ref, var type) -> {
                NameEncoder.externName(name, in(11));
                InstanceEncoder.ref(ref, section);
                section.u8(type.isPresent() ? 1 : 0);
                type.ifPresent(new TypeEncoder(section)::externType);
            }
            default -> throw new IllegalArgumentException("no definition that can be encoded: " + definition);
        }
        return this;
    }

    public ComponentEncoder custom(String name, BinaryWriter content) {
        flush();
        out.section(0, new BinaryWriter().name(name).bytes(content.toByteArray()));
        return this;
    }

    public byte[] toByteArray() {
        flush();
        return out.toByteArray();
    }

    /** The content of the section with this id that is being written, for one more definition. */
    private BinaryWriter in(int wanted) {
        if (id != wanted) {
            flush();
            id = wanted;
        }
        count++;
        return section;
    }

    private void flush() {
        if (count > 0) {
            out.section(id, new BinaryWriter().u32(count).bytes(section.toByteArray()));
        }
        section = new BinaryWriter();
        id = 0;
        count = 0;
    }
}
