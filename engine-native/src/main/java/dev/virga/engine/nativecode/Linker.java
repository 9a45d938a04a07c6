package dev.virga.engine.nativecode;

import dev.virga.engine.BinaryReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lays out compiled functions one after the other and resolves the calls between them (compiler/INTERFACE.md, "Code"). */
final class Linker {

    private static final int X86_CALL = 0;
    private static final int TO_FUNCTION = 0;

    private record Relocation(int at, int kind, int space, int target, long addend) {}

    private final int importedFunctions;
    private byte[] code = new byte[1 << 16];
    private int length;
    private final List<Relocation> relocations = new ArrayList<>();
    private final ByteArrayOutputStream addresses = new ByteArrayOutputStream();
    private int[] guardedReturns = new int[0];
    private int[] guardedSites = new int[0];
    private int guarded;
    private final ByteArrayOutputStream handlers = new ByteArrayOutputStream();

    private Linker(int importedFunctions) {
        this.importedFunctions = importedFunctions;
    }

    /**
     * @param planBytes the plan as the code generator wrote it
     * @param stubs the result for the stubs
     * @param functions the results for ranges of functions, in their order
     */
    static Artifact link(byte[] planBytes, Plan plan, byte[] stubs, List<byte[]> functions) {
        Linker linker = new Linker(plan.importedFunctions());
        int[] stubOffsets = new int[plan.stubs().size()];
        int[] functionOffsets = new int[plan.functionCount()];
        int[] addressOffsets = new int[plan.functionCount()];
        linker.add(stubs, stubOffsets, 0, new int[stubOffsets.length]);
        linker.addresses.reset();
        int position = 0;
        for (byte[] range : functions) {
            position = linker.add(range, functionOffsets, position, addressOffsets);
        }
        linker.relocations.forEach(r -> linker.resolve(r, functionOffsets, stubOffsets));
        CodeMap map = new CodeMap(
                functionOffsets, stubOffsets, addressOffsets, linker.addresses.toByteArray(), linker.handlers());
        return new Artifact(planBytes, ByteBuffer.wrap(linker.code, 0, linker.length), map);
    }

    /** Adds a result; the position after its last function. */
    private int add(byte[] result, int[] offsets, int from, int[] addressOffsets) {
        BinaryReader in = new BinaryReader(result, 0, result.length);
        int count = in.u32();
        for (int i = 0; i < count; i++) {
            int alignment = Math.max(in.u32(), 1);
            int bytes = in.u32();
            length = (length + alignment - 1) / alignment * alignment;
            reserve(length + bytes);
            System.arraycopy(result, in.position(), code, length, bytes);
            in.skip(bytes);
            int relocationCount = in.u32();
            for (int r = 0; r < relocationCount; r++) {
                relocations.add(new Relocation(length + in.u32(), in.u8(), in.u8(), in.u32(), in.signed(64)));
            }
            offsets[from + i] = length;
            addressOffsets[from + i] = addresses.size();
            addAddresses(in, result);
            addHandlers(in, result);
            length += bytes;
        }
        return from + count;
    }

    private void addAddresses(BinaryReader in, byte[] result) {
        int start = in.position();
        int count = in.u32();
        for (int i = 0; i < count; i++) {
            in.u32();
            in.signed(64);
        }
        addresses.write(result, start, in.position() - start);
    }

    private void addHandlers(BinaryReader in, byte[] result) {
        int table = handlers.size();
        int bytes = in.u32();
        handlers.write(result, in.position(), bytes);
        in.skip(bytes);
        int count = in.u32();
        if (guarded + count > guardedReturns.length) {
            int size = Math.max(guarded + count, 2 * guarded);
            guardedReturns = Arrays.copyOf(guardedReturns, size);
            guardedSites = Arrays.copyOf(guardedSites, size);
        }
        int at = length;
        for (int i = 0; i < count; i++) {
            at += in.u32();
            guardedReturns[guarded] = at;
            guardedSites[guarded++] = table + in.u32();
        }
    }

    private Handlers handlers() {
        return new Handlers(
                Arrays.copyOf(guardedReturns, guarded), Arrays.copyOf(guardedSites, guarded), handlers.toByteArray());
    }

    private void reserve(int size) {
        if (size > code.length) {
            code = Arrays.copyOf(code, Math.max(size, code.length * 2));
        }
    }

    private void resolve(Relocation relocation, int[] functionOffsets, int[] stubOffsets) {
        int target = relocation.space() == TO_FUNCTION
                ? functionOffsets[relocation.target() - importedFunctions]
                : stubOffsets[relocation.target()];
        long distance = target + relocation.addend() - relocation.at();
        if (relocation.kind() == X86_CALL) {
            putInt(relocation.at(), Math.toIntExact(distance));
        } else {
            if (distance < -(1 << 27) || distance >= 1 << 27) {
                throw new IllegalStateException("the module's code is larger than a call reaches (128 MiB)");
            }
            putInt(relocation.at(), getInt(relocation.at()) & 0xfc000000 | (int) (distance >> 2) & 0x03ffffff);
        }
    }

    private int getInt(int at) {
        return code[at] & 0xff | (code[at + 1] & 0xff) << 8 | (code[at + 2] & 0xff) << 16 | code[at + 3] << 24;
    }

    private void putInt(int at, int value) {
        code[at] = (byte) value;
        code[at + 1] = (byte) (value >> 8);
        code[at + 2] = (byte) (value >> 16);
        code[at + 3] = (byte) (value >> 24);
    }
}
