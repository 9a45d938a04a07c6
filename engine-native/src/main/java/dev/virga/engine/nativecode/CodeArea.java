package dev.virga.engine.nativecode;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Cleaner;
import java.nio.ByteBuffer;

/** Machine code in memory: written once, then made executable. It is unmapped when nothing refers to it. */
final class CodeArea {

    private static final Cleaner CLEANER = Cleaner.create();

    private final long address;
    private final long bytes;

    private CodeArea(long address, long bytes) {
        this.address = address;
        this.bytes = bytes;
        CLEANER.register(this, () -> Libc.unmap(address, bytes));
    }

    static CodeArea of(byte[] code) {
        return of(ByteBuffer.wrap(code));
    }

    static CodeArea of(ByteBuffer code) {
        long bytes = Math.max(code.remaining(), 1);
        long address = Libc.map(bytes);
        MemorySegment.copy(MemorySegment.ofBuffer(code), ValueLayout.JAVA_BYTE, 0,
                Raw.ALL, ValueLayout.JAVA_BYTE, address, code.remaining());
        Libc.makeExecutable(address, bytes);
        return new CodeArea(address, bytes);
    }

    long address() {
        return address;
    }

    int codeBytes() {
        return (int) bytes;
    }

    boolean contains(long pointer) {
        return pointer >= address && pointer < address + bytes;
    }
}
