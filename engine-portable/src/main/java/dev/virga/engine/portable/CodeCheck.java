package dev.virga.engine.portable;

import dev.virga.engine.BinaryReader;
import dev.virga.engine.ExternType;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleNames;
import dev.virga.engine.ModuleType;
import java.util.function.Function;

/**
 * Reads function bodies instruction by instruction (core specification, section 5.4), before Endive's
 * parser does: that adds an instruction's number to its prefix, so that it takes relaxed vector
 * instructions for atomic ones, and large numbers for anything. Vector instructions are refused by name.
 */
final class CodeCheck {

    private static final int CODE_SECTION = 10;
    private static final int V128 = 0x7b;

    private final BinaryReader in;
    private final Function<String, ModuleException> vector;

    private CodeCheck(BinaryReader in, Function<String, ModuleException> vector) {
        this.in = in;
        this.vector = vector;
    }

    /** @param binary a module of this type, whose sections {@link dev.virga.engine.ModuleTypeReader} has accepted */
    static void check(byte[] binary, ModuleType type, ModuleNames names) {
        int imports = (int) type.imports().stream().filter(i -> i.type() instanceof ExternType.Func).count();
        BinaryReader in = new BinaryReader(binary, 0, binary.length);
        in.skip(8);
        while (!in.atEnd()) {
            int id = in.u8();
            BinaryReader section = in.slice(in.u32());
            if (id == CODE_SECTION) {
                int count = section.count();
                for (int i = 0; i < count; i++) {
                    int function = imports + i;
                    new CodeCheck(
                            section.slice(section.u32()),
                            what -> Vectors.refused(what, ModuleCompiler.describe(function, names))).body();
                }
            }
        }
    }

    private void body() {
        for (int groups = in.count(); groups > 0; groups--) {
            in.unsigned(32);
            valueType("local");
        }
        while (!in.atEnd()) {
            instruction();
        }
    }

    private void valueType(String what) {
        valueType(in.signed(33), what);
    }

    /** Value types are negative numbers of one byte, of which two are followed by a heap type. */
    private void valueType(long code, String what) {
        switch ((int) (code & 0x7f)) {
            case V128 -> throw vector.apply("a v128 " + what);
            case 0x63, 0x64 -> in.signed(33);
            default -> {}
        }
    }

    private void blockType() {
        long type = in.signed(33);
        if (type < 0) {
            valueType(type, "block");
        }
    }

    private void indices(int count) {
        for (int i = 0; i < count; i++) {
            in.unsigned(32);
        }
    }

    private void memoryArgument() {
        long flags = in.unsigned(32);
        indices((flags & 0x40) == 0 ? 0 : 1);
        in.unsigned(64);
    }

    private void instruction() {
        int opcode = in.u8();
        switch (opcode) {
            case 0x00, 0x01, 0x05, 0x0a, 0x0b, 0x0f, 0x1a, 0x1b, 0xd1, 0xd3, 0xd4 -> {}
            case 0x02, 0x03, 0x04 -> blockType();
            case 0x08, 0x0c, 0x0d, 0x10, 0x12, 0x14, 0x15, 0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x3f, 0x40,
                    0xd2, 0xd5, 0xd6 -> indices(1);
            case 0x0e -> indices(in.count() + 1);
            case 0x11, 0x13 -> indices(2);
            case 0x1c -> {
                for (int types = in.count(); types > 0; types--) {
                    valueType("select");
                }
            }
            case 0x1f -> tryTable();
            case 0x41 -> in.signed(32);
            case 0x42 -> in.signed(64);
            case 0x43 -> in.skip(4);
            case 0x44 -> in.skip(8);
            case 0xd0 -> in.signed(33);
            case 0xfb -> objects(in.unsigned(32));
            case 0xfc -> numbersAndBulk(in.unsigned(32));
            case 0xfd -> throw vector(in.unsigned(32));
            case 0xfe -> atomics(in.unsigned(32));
            default -> {
                if (opcode >= 0x28 && opcode <= 0x3e) {
                    memoryArgument();
                } else if (opcode < 0x45 || opcode > 0xc4) {
                    throw illegal(opcode);
                }
            }
        }
    }

    private void tryTable() {
        blockType();
        for (int catches = in.count(); catches > 0; catches--) {
            switch (in.u8()) {
                case 0, 1 -> indices(2);
                case 2, 3 -> indices(1);
                default -> throw in.malformed("malformed catch clause");
            }
        }
    }

    private void objects(long number) {
        switch ((int) number) {
            case 0, 1, 6, 7, 11, 12, 13, 14, 16 -> indices(1);
            case 2, 3, 4, 5, 8, 9, 10, 17, 18, 19 -> indices(2);
            case 15, 26, 27, 28, 29, 30 -> {}
            case 20, 21, 22, 23 -> in.signed(33);
            case 24, 25 -> {
                in.u8();
                indices(1);
                in.signed(33);
                in.signed(33);
            }
            default -> throw illegal(0xfb, number);
        }
    }

    private void numbersAndBulk(long number) {
        switch ((int) number) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> {}
            case 9, 11, 13, 15, 16, 17 -> indices(1);
            case 8, 10, 12, 14 -> indices(2);
            default -> throw illegal(0xfc, number);
        }
    }

    private void atomics(long number) {
        if (number == 3) {
            in.u8();
        } else if (number < 3 || number >= 0x10 && number <= 0x4e) {
            memoryArgument();
        } else {
            throw illegal(0xfe, number);
        }
    }

    private ModuleException vector(long number) {
        return Vectors.name(number).map(vector).orElseGet(() -> illegal(0xfd, number));
    }

    private ModuleException.Malformed illegal(int opcode) {
        return in.malformed("illegal opcode " + Integer.toHexString(opcode));
    }

    private ModuleException.Malformed illegal(int prefix, long number) {
        return in.malformed("illegal opcode " + Integer.toHexString(prefix) + " " + Long.toHexString(number));
    }
}
