package dev.virga.engine.nativecode;

import dev.virga.engine.BinaryReader;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * What lies where in the machine code of a module.
 *
 * @param functions where each function of the code section begins, ascending
 * @param stubs where each stub begins
 * @param addressOffsets where in {@code addresses} each function's begin
 * @param addresses where calls return to, as in compiler/INTERFACE.md, "Code"
 */
record CodeMap(
        int[] functions, int[] stubs, int[] addressOffsets, byte[] addresses, Handlers handlers) {

    /** The function of the code section at an offset in the code; empty for stubs. */
    OptionalInt function(int offset) {
        int found = Arrays.binarySearch(functions, offset);
        int function = found >= 0 ? found : -found - 2;
        return function < 0 ? OptionalInt.empty() : OptionalInt.of(function);
    }

    /**
     * Where in the module the instruction stands whose call returns to this offset in the code.
     *
     * @param body the offset of the function's body in the module
     */
    OptionalInt position(int function, int returnOffset, int body) {
        BinaryReader in = new BinaryReader(addresses, addressOffsets[function], addresses.length);
        int count = in.u32();
        int offset = functions[function];
        long position = body;
        for (int i = 0; i < count; i++) {
            offset += in.u32();
            position += in.signed(64);
            if (offset == returnOffset) {
                return OptionalInt.of((int) position);
            }
        }
        return OptionalInt.empty();
    }
}
