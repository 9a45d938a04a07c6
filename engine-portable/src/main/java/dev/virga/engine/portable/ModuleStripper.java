package dev.virga.engine.portable;

import dev.virga.engine.BinaryReader;
import dev.virga.engine.ModuleException;
import java.io.ByteArrayOutputStream;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Cuts a module down to what an instance needs once its functions are compiled: no function
 * bodies, no custom sections, no start section. Endive reads the rest in milliseconds, however
 * large the code was. The bodies that the interpreter needs go into a module of their own.
 *
 * <p>On the way it bounds what Endive's parser would otherwise allocate at the word of a hostile
 * module.
 */
final class ModuleStripper {

    /** As in browsers. */
    private static final long MAX_LOCALS = 50_000;

    private static final byte[] EMPTY_BODY = {2, 0, 0x0b};

    /**
     * @param binary the module without bodies
     * @param start the start function's index
     */
    record Stripped(byte[] binary, OptionalInt start) {}

    /** Types, imports, functions and code: what bodies alone need. */
    private static final Set<Integer> CODE_SECTIONS = Set.of(1, 2, 3, 10);

    private final byte[] binary;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Set<Integer> keptFunctions;
    private final boolean codeOnly;
    private int importedFunctions;
    private OptionalInt start = OptionalInt.empty();

    private ModuleStripper(byte[] binary, Set<Integer> keptFunctions, boolean codeOnly) {
        this.binary = binary;
        this.keptFunctions = keptFunctions;
        this.codeOnly = codeOnly;
    }

    /** @param binary a module whose sections {@link dev.virga.engine.ModuleTypeReader} has accepted */
    static Stripped strip(byte[] binary) {
        return new ModuleStripper(binary, Set.of(), false).strip();
    }

    /** A module with nothing but the bodies of these functions, and what they are made of. */
    static byte[] only(byte[] binary, Set<Integer> functions) {
        return functions.isEmpty() ? new byte[0] : new ModuleStripper(binary, functions, true).strip().binary();
    }

    private Stripped strip() {
        BinaryReader in = new BinaryReader(binary, 0, binary.length);
        in.skip(8);
        out.write(binary, 0, 8);
        while (!in.atEnd()) {
            int from = in.position();
            int id = in.u8();
            BinaryReader section = in.slice(in.u32());
            switch (id) {
                case 0 -> {}
                case 8 -> start = OptionalInt.of(section.u32());
                case 10 -> codeSection(section);
                default -> {
                    check(id, section);
                    if (!codeOnly || CODE_SECTIONS.contains(id)) {
                        out.write(binary, from, in.position() - from);
                    }
                }
            }
        }
        return new Stripped(out.toByteArray(), start);
    }

    private void check(int id, BinaryReader section) {
        switch (id) {
            case 2 -> imports(section);
            case 4 -> repeat(section.count(), () -> definedTable(section));
            case 5 -> repeat(section.count(), () -> limits(section, "memory"));
            case 9, 11 -> section.count();
            default -> {}
        }
    }

    private static void repeat(int count, Runnable read) {
        for (int i = 0; i < count; i++) {
            read.run();
        }
    }

    private void imports(BinaryReader in) {
        repeat(in.count(), () -> {
            in.name();
            in.name();
            switch (in.u8()) {
                case 0 -> {
                    in.u32();
                    importedFunctions++;
                }
                case 1 -> {
                    refType(in);
                    limits(in, "table");
                }
                case 2 -> limits(in, "memory");
                case 3 -> {
                    refType(in);
                    in.u8();
                }
                default -> {
                    in.u8();
                    in.u32();
                }
            }
        });
    }

    private static void refType(BinaryReader in) {
        int code = in.u8();
        if (code == 0x63 || code == 0x64) {
            in.signed(33);
        }
    }

    private static void definedTable(BinaryReader in) {
        if (in.peek() == 0x40) {
            // Followed by a constant expression: the type reader has walked it, Endive will again.
            in.skip(2);
            refType(in);
            limits(in, "table");
            in.skipConstantExpression(Integer.MAX_VALUE);
            return;
        }
        refType(in);
        limits(in, "table");
    }

    private static void limits(BinaryReader in, String what) {
        int flags = in.u8();
        if ((flags & 4) != 0) {
            throw new ModuleException.Unsupported(
                    "a 64-bit " + what + " (memory64): the portable engine has only 32-bit ones");
        }
        long min = in.unsigned(32);
        if (what.equals("table") && min > GuestTable.MAX_ELEMENTS) {
            throw new ModuleException.Unsupported(
                    "a table of " + min + " elements; the limit is " + GuestTable.MAX_ELEMENTS);
        }
        if ((flags & 1) != 0) {
            in.unsigned(32);
        }
    }

    private void codeSection(BinaryReader in) {
        ByteArrayOutputStream code = new ByteArrayOutputStream();
        int count = in.count();
        unsigned(code, count);
        for (int i = 0; i < count; i++) {
            int from = in.position();
            BinaryReader body = in.slice(in.u32());
            checkLocals(body);
            if (keptFunctions.contains(importedFunctions + i)) {
                code.write(binary, from, in.position() - from);
            } else {
                code.writeBytes(EMPTY_BODY);
            }
        }
        if (!in.atEnd()) {
            throw in.malformed("section size mismatch");
        }
        out.write(10);
        unsigned(out, code.size());
        out.writeBytes(code.toByteArray());
    }

    private static void checkLocals(BinaryReader body) {
        long locals = 0;
        int groups = body.count();
        for (int i = 0; i < groups; i++) {
            locals += body.unsigned(32);
            if (locals > 0xffff_ffffL) {
                throw body.malformed("too many locals");
            }
            refType(body);
        }
        if (locals > MAX_LOCALS) {
            throw new ModuleException.Unsupported("a function with " + locals + " locals; the limit is " + MAX_LOCALS);
        }
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
