package dev.virga.engine.nativecode.fuzz;

import dev.virga.engine.HeapType;
import dev.virga.engine.Limits;
import dev.virga.engine.ValType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the primitives of the binary format (core specification, sections 5.2 and 5.3). */
final class BinaryWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    BinaryWriter u8(int value) {
        out.write(value);
        return this;
    }

    BinaryWriter u32(long value) {
        long left = value & 0xffff_ffffL;
        while (left > 0x7f) {
            out.write((int) (left & 0x7f | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
        return this;
    }

    BinaryWriter signed(long value) {
        long left = value;
        while (left < -0x40 || left > 0x3f) {
            out.write((int) (left & 0x7f | 0x80));
            left >>= 7;
        }
        out.write((int) (left & 0x7f));
        return this;
    }

    /** The lowest bytes of a number, little-endian. */
    BinaryWriter fixed(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> 8 * i));
        }
        return this;
    }

    BinaryWriter bytes(byte[] value) {
        out.writeBytes(value);
        return this;
    }

    BinaryWriter sized(byte[] value) {
        return u32(value.length).bytes(value);
    }

    BinaryWriter name(String value) {
        return sized(value.getBytes(StandardCharsets.UTF_8));
    }

    BinaryWriter type(ValType type) {
        return u8(switch (type) {
            case ValType.Num number -> 0x7f - number.ordinal();
            case ValType.Ref ref -> ref.heap() == HeapType.Abstract.FUNC ? 0x70 : 0x6f;
        });
    }

    BinaryWriter types(List<ValType> types) {
        u32(types.size());
        types.forEach(this::type);
        return this;
    }

    BinaryWriter limits(Limits limits) {
        u8(limits.max().isPresent() ? 1 : 0).u32(limits.min());
        limits.max().ifPresent(this::u32);
        return this;
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }
}
