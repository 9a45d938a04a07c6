package dev.virga.engine.nativecode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A compiled module as the cache keeps it, and the images of the code generator itself.
 *
 * @param plan as the code generator wrote it
 */
record Artifact(byte[] plan, LinkedCode code) {

    /** Changes when the format does, or what generated code and runtime expect of each other. */
    static final String VERSION = "native 1";

    byte[] encode() {
        int size = 6 * Integer.BYTES + plan.length + code.code().length + code.addresses().length
                + Integer.BYTES * (2 * code.functions().length + code.stubs().length);
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        put(out, plan);
        put(out, code.code());
        put(out, code.functions());
        put(out, code.stubs());
        for (int offset : code.addressOffsets()) {
            out.putInt(offset);
        }
        put(out, code.addresses());
        return java.util.Arrays.copyOf(out.array(), out.position());
    }

    private static void put(ByteBuffer out, byte[] bytes) {
        out.putInt(bytes.length).put(bytes);
    }

    private static void put(ByteBuffer out, int[] numbers) {
        out.putInt(numbers.length);
        for (int number : numbers) {
            out.putInt(number);
        }
    }

    /** @param in what {@link #encode} made and the cache or a digest has checked */
    static Artifact decode(ByteBuffer in) {
        in.order(ByteOrder.LITTLE_ENDIAN);
        byte[] plan = bytes(in);
        byte[] code = bytes(in);
        int[] functions = numbers(in, in.getInt());
        int[] stubs = numbers(in, in.getInt());
        int[] addressOffsets = numbers(in, functions.length);
        return new Artifact(plan, new LinkedCode(code, functions, stubs, addressOffsets, bytes(in)));
    }

    private static byte[] bytes(ByteBuffer in) {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    private static int[] numbers(ByteBuffer in, int count) {
        int[] numbers = new int[count];
        in.asIntBuffer().get(numbers);
        in.position(in.position() + count * Integer.BYTES);
        return numbers;
    }
}
