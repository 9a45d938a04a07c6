package dev.virga.engine.nativecode;

import dev.virga.engine.BinaryReader;
import dev.virga.engine.ModuleException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * From places in a module's code to lines of its source, out of the section {@code .debug_line}
 * (DWARF 5, section 6.2, and versions 2 to 4). A custom section cannot make a module invalid: what is
 * malformed ends what is read. An address is an offset from the start of the code section's content.
 */
final class DebugLines {

    /** What is read ends here, some 40 MB: a guest decides how large its sections are. */
    private static final int MAX_ROWS = 1 << 20;

    private static final int COPY = 1;
    private static final int ADVANCE_PC = 2;
    private static final int ADVANCE_LINE = 3;
    private static final int SET_FILE = 4;
    private static final int CONST_ADD_PC = 8;
    private static final int FIXED_ADVANCE_PC = 9;
    private static final int END_SEQUENCE = 1;
    private static final int SET_ADDRESS = 2;
    private static final int PATH = 1;

    /** @param line 0 where a sequence of instructions ends */
    private record Row(int address, String file, int line) {}

    private final byte[] strings;
    private final byte[] lineStrings;
    private final List<Row> rows = new ArrayList<>();

    private DebugLines(byte[] strings, byte[] lineStrings) {
        this.strings = strings;
        this.lineStrings = lineStrings;
    }

    /** @param sections contents by name */
    static DebugLines read(Map<String, byte[]> sections) {
        byte[] none = new byte[0];
        byte[] program = sections.getOrDefault(".debug_line", none);
        DebugLines lines = new DebugLines(
                sections.getOrDefault(".debug_str", none), sections.getOrDefault(".debug_line_str", none));
        try {
            BinaryReader in = new BinaryReader(program, 0, program.length);
            while (!in.atEnd() && lines.rows.size() < MAX_ROWS) {
                lines.unit(in);
            }
        } catch (ModuleException.Malformed e) {
            // What came before is right.
        }
        lines.rows.sort(Comparator.comparingInt(Row::address));
        return lines;
    }

    /** {@code FILE:LINE} of the instruction at an address. */
    Optional<String> at(int address) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = low + high >>> 1;
            if (rows.get(middle).address() <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 || rows.get(low - 1).line() == 0
                ? Optional.empty()
                : Optional.of(rows.get(low - 1).file() + ":" + rows.get(low - 1).line());
    }

    private void unit(BinaryReader in) {
        long length = little(in, 4);
        if (length >= 0xfffffff0L) {
            throw in.malformed("64-bit DWARF");
        }
        BinaryReader unit = in.slice((int) Math.min(length, Integer.MAX_VALUE));
        int version = (int) little(unit, 2);
        if (version < 2 || version > 5) {
            return;
        }
        if (version == 5) {
            unit.skip(2);
        }
        BinaryReader header = unit.slice((int) Math.min(little(unit, 4), Integer.MAX_VALUE));
        int unitOfCode = header.u8();
        if (version >= 4) {
            header.u8();
        }
        header.u8();
        int lineBase = (byte) header.u8();
        int lineRange = header.u8();
        if (lineRange == 0) {
            throw header.malformed("line range 0");
        }
        int[] operands = new int[header.u8()];
        for (int i = 1; i < operands.length; i++) {
            operands[i] = header.u8();
        }
        List<String> files = version == 5 ? files5(header) : files(header);
        new Program(unit, files, unitOfCode, lineBase, lineRange, operands).run();
    }

    /** The state machine of a unit. */
    private final class Program {
        private final BinaryReader in;
        private final List<String> files;
        private final int unitOfCode;
        private final int lineBase;
        private final int lineRange;
        private final int[] operands;
        private int address;
        private int file = 1;
        private int line = 1;

        Program(BinaryReader in, List<String> files, int unitOfCode, int lineBase, int lineRange, int[] operands) {
            this.in = in;
            this.files = files;
            this.unitOfCode = unitOfCode;
            this.lineBase = lineBase;
            this.lineRange = lineRange;
            this.operands = operands;
        }

        void run() {
            while (!in.atEnd() && rows.size() < MAX_ROWS) {
                int opcode = in.u8();
                if (opcode >= operands.length) {
                    special(opcode - operands.length);
                    add();
                } else if (opcode == 0) {
                    extended(in.slice(in.u32()));
                } else {
                    standard(opcode);
                }
            }
        }

        private void special(int adjusted) {
            address += adjusted / lineRange * unitOfCode;
            line += lineBase + adjusted % lineRange;
        }

        private void extended(BinaryReader operand) {
            int opcode = operand.u8();
            if (opcode == END_SEQUENCE) {
                rows.add(new Row(address, "", 0));
                address = 0;
                file = 1;
                line = 1;
            } else if (opcode == SET_ADDRESS) {
                address = (int) little(operand, 4);
            }
        }

        private void standard(int opcode) {
            switch (opcode) {
                case COPY -> add();
                case ADVANCE_PC -> address += (int) in.unsigned(64) * unitOfCode;
                case ADVANCE_LINE -> line += (int) in.signed(64);
                case SET_FILE -> file = (int) in.unsigned(64);
                case CONST_ADD_PC -> address += (255 - operands.length) / lineRange * unitOfCode;
                case FIXED_ADVANCE_PC -> address += (int) little(in, 2);
                default -> {
                    for (int i = 0; i < operands[opcode]; i++) {
                        in.unsigned(64);
                    }
                }
            }
        }

        private void add() {
            rows.add(new Row(address, file >= 0 && file < files.size() ? files.get(file) : "?", line));
        }
    }

    /** The files of versions 2 to 4, which count from 1. */
    private static List<String> files(BinaryReader in) {
        List<String> directories = new ArrayList<>(List.of(""));
        for (String name = text(in); !name.isEmpty(); name = text(in)) {
            directories.add(name);
        }
        List<String> files = new ArrayList<>(List.of("?"));
        for (String name = text(in); !name.isEmpty(); name = text(in)) {
            files.add(path(directories, (int) in.unsigned(64), name));
            in.unsigned(64);
            in.unsigned(64);
        }
        return files;
    }

    /** The files of version 5, which count from 0. */
    private List<String> files5(BinaryReader in) {
        List<String> directories = new ArrayList<>();
        for (Entry entry : entries(in)) {
            directories.add(entry.path());
        }
        List<String> files = new ArrayList<>();
        for (Entry entry : entries(in)) {
            files.add(path(directories, entry.directory(), entry.path()));
        }
        return files;
    }

    private record Entry(String path, int directory) {}

    private List<Entry> entries(BinaryReader in) {
        int[] formats = new int[2 * in.u8()];
        for (int i = 0; i < formats.length; i++) {
            formats[i] = in.u32();
        }
        int count = in.count();
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String path = "?";
            int directory = 0;
            for (int f = 0; f < formats.length; f += 2) {
                if (formats[f] == PATH) {
                    path = string(in, formats[f + 1]);
                } else {
                    directory = formats[f] == 2 ? number(in, formats[f + 1]) : skipped(in, formats[f + 1], directory);
                }
            }
            entries.add(new Entry(path, directory));
        }
        return entries;
    }

    private String string(BinaryReader in, int form) {
        return switch (form) {
            case 0x08 -> text(in);
            case 0x0e -> text(strings, little(in, 4));
            case 0x1f -> text(lineStrings, little(in, 4));
            default -> throw in.malformed("form " + form);
        };
    }

    private static int number(BinaryReader in, int form) {
        return switch (form) {
            case 0x0b -> in.u8();
            case 0x05 -> (int) little(in, 2);
            case 0x0f -> (int) in.unsigned(64);
            default -> throw in.malformed("form " + form);
        };
    }

    private static int skipped(BinaryReader in, int form, int value) {
        switch (form) {
            case 0x1e -> in.skip(16);
            case 0x09 -> in.skip(in.u32());
            case 0x06, 0x0e, 0x1f -> in.skip(4);
            case 0x07 -> in.skip(8);
            case 0x08 -> text(in);
            default -> number(in, form);
        }
        return value;
    }

    private static String path(List<String> directories, int directory, String name) {
        String folder = directory > 0 && directory < directories.size() ? directories.get(directory) : "";
        return folder.isEmpty() || name.startsWith("/") ? name : folder + "/" + name;
    }

    private static long little(BinaryReader in, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (long) in.u8() << 8 * i;
        }
        return value;
    }

    private static String text(byte[] section, long offset) {
        BinaryReader in = new BinaryReader(section, 0, section.length);
        in.skip((int) Math.min(offset, Integer.MAX_VALUE));
        return text(in);
    }

    /** A text that ends with 0. */
    private static String text(BinaryReader in) {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        for (int b = in.u8(); b != 0; b = in.u8()) {
            bytes.write(b);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
