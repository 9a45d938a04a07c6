package dev.virga.wasi.io;

import java.io.IOException;
import java.util.Arrays;

/** Bytes that are there already. */
public final class MemoryInput extends GuestInput {

    private static final Signal NEVER = new Signal();

    private final byte[] bytes;
    private int position;

    public MemoryInput(byte[] bytes) {
        this.bytes = bytes.clone();
    }

    @Override
    protected byte[] take(int max) throws IOException {
        if (position == bytes.length) {
            throw new EndOfStream();
        }
        int from = position;
        position = Math.min(bytes.length, from + max);
        return Arrays.copyOfRange(bytes, from, position);
    }

    @Override
    protected boolean ready() {
        return true;
    }

    @Override
    protected Signal signal() {
        return NEVER;
    }
}
