package dev.virga.engine.nativecode;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A compiled module as the cache keeps it, and the images of the code generator itself.
 *
 * @param plan as the code generator wrote it
 * @param code runs at any address
 */
record Artifact(byte[] plan, ByteBuffer code, CodeMap map) {

    /** Changes when the format does, or what generated code and runtime expect of each other. */
    static final String VERSION = "native 3";

    Artifact with(byte[] other) {
        return new Artifact(other, code, map);
    }

    byte[] encode() {
        Handlers handlers = map.handlers();
        int size = 9 * Integer.BYTES + plan.length + code.remaining() + map.addresses().length
                + handlers.table().length
                + Integer.BYTES * (2 * map.functions().length + map.stubs().length + 2 * handlers.returns().length);
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        put(out, plan);
        out.putInt(code.remaining()).put(code.duplicate());
        put(out, map.functions());
        put(out, map.stubs());
        for (int offset : map.addressOffsets()) {
            out.putInt(offset);
        }
        put(out, map.addresses());
        put(out, handlers.returns());
        put(out, handlers.sites());
        put(out, handlers.table());
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
        ByteBuffer code = in.slice(in.position() + Integer.BYTES, in.getInt(in.position()));
        in.position(in.position() + Integer.BYTES + code.remaining());
        int[] functions = numbers(in, in.getInt());
        int[] stubs = numbers(in, in.getInt());
        int[] addressOffsets = numbers(in, functions.length);
        byte[] addresses = bytes(in);
        Handlers handlers = new Handlers(numbers(in, in.getInt()), numbers(in, in.getInt()), bytes(in));
        return new Artifact(plan, code, new CodeMap(functions, stubs, addressOffsets, addresses, handlers));
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
