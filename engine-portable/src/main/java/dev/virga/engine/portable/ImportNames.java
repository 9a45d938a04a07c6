package dev.virga.engine.portable;

import dev.virga.engine.BinaryReader;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/**
 * Endive's parser refuses functions that are imported by two empty names, which is allowed. Names
 * mean nothing to this engine, which links by position, so such a module gets another name there.
 */
final class ImportNames {

    private static final int IMPORT_SECTION = 2;
    private static final byte[] STAND_IN = {1, '?'};

    private ImportNames() {}

    /** @param binary a module whose sections {@link dev.virga.engine.ModuleTypeReader} has accepted */
    static byte[] filled(byte[] binary) {
        BinaryReader in = new BinaryReader(binary, 0, binary.length);
        in.skip(8);
        while (!in.atEnd()) {
            int from = in.position();
            int id = in.u8();
            BinaryReader section = in.slice(in.u32());
            if (id == IMPORT_SECTION) {
                int to = in.position();
                return filled(binary, section)
                        .map(imports -> replaced(binary, from, to, imports))
                        .orElse(binary);
            }
        }
        return binary;
    }

    /** The content of the section with the names filled in, if there are any to fill. */
    private static Optional<byte[]> filled(byte[] binary, BinaryReader in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean changed = false;
        int count = in.count();
        unsigned(out, count);
        for (int i = 0; i < count; i++) {
            int names = in.position();
            boolean empty = in.name().isEmpty() & in.name().isEmpty();
            int description = in.position();
            boolean function = in.peek() == 0;
            skipDescription(in);
            if (empty && function) {
                out.write(0);
                out.writeBytes(STAND_IN);
                changed = true;
            } else {
                out.write(binary, names, description - names);
            }
            out.write(binary, description, in.position() - description);
        }
        return changed ? Optional.of(out.toByteArray()) : Optional.empty();
    }

    private static void skipDescription(BinaryReader in) {
        switch (in.u8()) {
            case 0 -> in.u32();
            case 1 -> {
                skipType(in);
                skipLimits(in);
            }
            case 2 -> skipLimits(in);
            case 3 -> {
                skipType(in);
                in.u8();
            }
            default -> {
                in.u8();
                in.u32();
            }
        }
    }

    private static void skipType(BinaryReader in) {
        int code = in.u8();
        if (code == 0x63 || code == 0x64) {
            in.signed(33);
        }
    }

    private static void skipLimits(BinaryReader in) {
        int flags = in.u8();
        in.unsigned(64);
        if ((flags & 1) != 0) {
            in.unsigned(64);
        }
    }

    private static byte[] replaced(byte[] binary, int from, int to, byte[] imports) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(binary, 0, from);
        out.write(IMPORT_SECTION);
        unsigned(out, imports.length);
        out.writeBytes(imports);
        out.write(binary, to, binary.length - to);
        return out.toByteArray();
    }

    private static void unsigned(ByteArrayOutputStream out, int value) {
        int left = value;
        while (left > 0x7f) {
            out.write(left & 0x7f | 0x80);
            left >>>= 7;
        }
        out.write(left);
    }
}
