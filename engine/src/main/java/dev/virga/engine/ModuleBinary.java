package dev.virga.engine;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * The bytes of a core module, and digests of them. Large ones take a while to digest, and loaders, caches and engines
 * all need it, so each byte is digested once, when the first of them asks. Nobody may change the bytes.
 */
public final class ModuleBinary {

    private static final int PREAMBLE = 8;
    private static final int DATA = 11;

    private final byte[] bytes;
    private Digests digests;

    private record Digests(String whole, String code) {}

    /** Bytes of the first data section behind its id; none, at the module's end, without one. */
    private record Data(int start, int end, int segments) {}

    public ModuleBinary(byte[] bytes) {
        this.bytes = bytes;
    }

    public byte[] bytes() {
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /** Of all that there is, of SHA-256: 64 hexadecimal digits. Not the one that a file of these bytes has. */
    public String digest() {
        return digests().whole();
    }

    /**
     * Of all but the data, except for how many data segments there are: the same for modules that differ in those only.
     * 64 hexadecimal digits.
     */
    public String codeDigest() {
        return digests().code();
    }

    private synchronized Digests digests() {
        if (digests == null) {
            Data data = data();
            MessageDigest digest = CompileCache.sha256();
            digest.update(bytes, 0, data.start());
            digest.update(bytes, data.end(), bytes.length - data.end());
            byte[] code = digest.digest(ByteBuffer.allocate(Integer.BYTES).putInt(data.segments()).array());
            digest.update(code);
            digest.update(bytes, data.start(), data.end() - data.start());
            digests = new Digests(HexFormat.of().formatHex(digest.digest()), HexFormat.of().formatHex(code));
        }
        return digests;
    }

    private Data data() {
        try {
            BinaryReader in = new BinaryReader(bytes, 0, bytes.length);
            in.skip(PREAMBLE);
            while (!in.atEnd()) {
                int id = in.u8();
                int start = in.position();
                BinaryReader content = in.slice(in.u32());
                if (id == DATA) {
                    return new Data(start, in.position(), content.u32());
                }
            }
        } catch (ModuleException.Malformed e) {
            // who compiles it will say so
        }
        return new Data(bytes.length, bytes.length, 0);
    }
}
