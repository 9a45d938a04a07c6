package dev.virga.link;

import java.util.Arrays;

/** Writes bytes, up to a number of them. */
final class WireWriter {

    private static final int FIRST = 128;

    private final int most;
    private byte[] bytes;
    private int size;

    WireWriter(int most) {
        this.most = most;
        this.bytes = new byte[Math.min(FIRST, most)];
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    /** Makes room, and gives where it begins. */
    private int room(int count) {
        if (count > most - size) {
            throw new LinkException(
                    LinkException.Kind.TOO_LARGE, "the values take more than the " + most + " bytes of a message");
        }
        int start = size;
        size += count;
        if (size > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(most, Math.max(size, 2L * bytes.length)));
        }
        return start;
    }

    void u8(int value) {
        int at = room(1);
        bytes[at] = (byte) value;
    }

    void bytes(byte[] values) {
        int at = room(values.length);
        System.arraycopy(values, 0, bytes, at, values.length);
    }

    void little(long value, int count) {
        int at = room(count);
        for (int i = 0; i < count; i++) {
            bytes[at + i] = (byte) (value >>> 8 * i);
        }
    }

    void unsigned(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            u8((int) rest | 0x80);
            rest >>>= 7;
        }
        u8((int) rest);
    }

    void signed(long value) {
        long rest = value;
        while (rest >> 6 != 0 && rest >> 6 != -1) {
            u8((int) rest | 0x80);
            rest >>= 7;
        }
        u8((int) rest & 0x7f);
    }
}
