package dev.virga.link;

import dev.virga.engine.Limiter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads bytes that anybody may have made. What is made of them is charged: a byte can stand for a value that takes
 * thousands. The charge is given back when this is closed.
 */
final class WireReader implements AutoCloseable {

    private static final long CHARGE = 1 << 16;
    private static final int BITS = 7;

    private final byte[] bytes;
    private final Limiter limiter;
    private long charged;
    private long used;
    private int at;

    WireReader(byte[] bytes, Limiter limiter) {
        this.bytes = bytes;
        this.limiter = limiter;
    }

    static LinkException malformed(String what) {
        return new LinkException(LinkException.Kind.MALFORMED, what);
    }

    int left() {
        return bytes.length - at;
    }

    void finish() {
        if (left() > 0) {
            throw malformed(left() + " bytes follow the values");
        }
    }

    /** @throws LinkException if the limiter refuses so many bytes of memory */
    void charge(long size) {
        used += size;
        if (used > charged) {
            long more = Math.max(used - charged, CHARGE);
            if (!limiter.reserve(more)) {
                throw new LinkException(
                        LinkException.Kind.TOO_LARGE, "the values of a message take more memory than the limit leaves");
            }
            charged += more;
        }
    }

    int u8() {
        if (at >= bytes.length) {
            throw malformed("the message ends within a value");
        }
        return bytes[at++] & 0xff;
    }

    long little(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value |= (long) u8() << 8 * i;
        }
        return value;
    }

    /** An integer of so many bits, in as few bytes as it takes. */
    long unsigned(int width) {
        long value = 0;
        for (int shift = 0; shift < width; shift += BITS) {
            int next = u8();
            int room = width - shift;
            if (room < BITS && (next & 0x7f) >>> room != 0) {
                throw malformed("an integer is not one of " + width + " bits");
            }
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                if (next == 0 && shift > 0) {
                    throw malformed("an integer takes more bytes than it needs");
                }
                return value;
            }
        }
        throw malformed("an integer is not one of " + width + " bits");
    }

    /** The same with a sign. */
    long signed(int width) {
        long value = 0;
        int before = 0;
        for (int shift = 0; shift < width; shift += BITS) {
            int next = u8();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                int unused = Long.SIZE - Math.min(Long.SIZE, shift + BITS);
                long extended = value << unused >> unused;
                if (shift > 0 && (next == 0 && (before & 0x40) == 0 || next == 0x7f && (before & 0x40) != 0)) {
                    throw malformed("an integer takes more bytes than it needs");
                }
                boolean last = shift + BITS > Long.SIZE;
                boolean fits = width == Long.SIZE
                        ? !last || next == 0 || next == 0x7f
                        : extended >> width - 1 == 0 || extended >> width - 1 == -1;
                if (!fits) {
                    throw malformed("an integer is not one of " + width + " bits");
                }
                return extended;
            }
            before = next;
        }
        throw malformed("an integer is not one of " + width + " bits");
    }

    /** One of so many cases. */
    int discriminant(int count) {
        long index = unsigned(Integer.SIZE);
        if (index >= count) {
            throw malformed("there is no case " + index + " of a type that has " + count);
        }
        return (int) index;
    }

    /** How many elements follow, of which each takes at least so many bytes. */
    int count(int least) {
        long count = unsigned(Integer.SIZE);
        if (count > left() / least) {
            throw malformed("a list of " + count + " elements does not fit into the " + left() + " bytes that follow");
        }
        return (int) count;
    }

    byte[] bytes(int count) {
        charge(16L + count);
        byte[] part = new byte[count];
        System.arraycopy(bytes, at, part, 0, count);
        at += count;
        return part;
    }

    String text() {
        int size = count(1);
        charge(48L + 2L * size);
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at, size))
                    .toString();
            at += size;
            return text;
        } catch (CharacterCodingException _) {
            throw malformed("a string is not UTF-8");
        }
    }

    /** A Unicode scalar value in UTF-8. */
    int character() {
        int first = u8();
        int more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
        if (more > left()) {
            throw malformed("the message ends within a char");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, at - 1, more + 1))
                    .toString();
            at += more;
            return text.codePointAt(0);
        } catch (CharacterCodingException _) {
            throw malformed("a char is not UTF-8");
        }
    }

    @Override
    public void close() {
        limiter.release(charged);
        charged = 0;
    }
}
