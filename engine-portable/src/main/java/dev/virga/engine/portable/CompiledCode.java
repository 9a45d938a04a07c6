package dev.virga.engine.portable;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A module as it is kept, in memory and in the cache.
 *
 * @param module the module without its function bodies, see {@link ModuleStripper}
 * @param interpreted the functions too large for Java, in a module of their own; empty if there is none
 * @param start the index of its start function
 * @param names the content of its name section, empty if there is none
 * @param tailCalls whether functions end in tail calls, which only Endive's own way of calling follows
 * @param functionsPerClass how many functions Endive put into one class
 * @param classes the compiled classes by name
 */
record CompiledCode(
        byte[] module,
        byte[] interpreted,
        OptionalInt start,
        byte[] names,
        boolean tailCalls,
        int functionsPerClass,
        Map<String, ByteBuffer> classes) {

    /** The names of all guest classes start so; a loader of its own keeps modules apart. */
    static final String CLASS = "virga.guest.Module";

    /**
     * Changes with the format below, with {@link ClassRewriter} and {@link Interpreter}, and with the methods
     * of {@link GuestOps} and {@link InterpreterOps}.
     */
    static final String VERSION = "portable 6 endive 1.0.0";

    byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            write(out, module);
            write(out, interpreted);
            out.writeInt(start.orElse(-1));
            write(out, names);
            out.writeByte(tailCalls ? 1 : 0);
            out.writeInt(functionsPerClass);
            out.writeInt(classes.size());
            for (Map.Entry<String, ByteBuffer> entry : classes.entrySet()) {
                write(out, entry.getKey().getBytes(StandardCharsets.UTF_8));
                write(out, bytes(entry.getValue().duplicate()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, byte[] part) throws IOException {
        out.writeInt(part.length);
        out.write(part);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    /** Reads what {@link #encode} wrote. The classes stay where they are until they are defined. */
    static CompiledCode decode(ByteBuffer in) {
        byte[] module = bytes(part(in));
        byte[] interpreted = bytes(part(in));
        int start = in.getInt();
        byte[] names = bytes(part(in));
        boolean tailCalls = in.get() != 0;
        int functionsPerClass = in.getInt();
        int count = in.getInt();
        Map<String, ByteBuffer> classes = HashMap.newHashMap(count);
        for (int i = 0; i < count; i++) {
            classes.put(StandardCharsets.UTF_8.decode(part(in)).toString(), part(in));
        }
        return new CompiledCode(
                module, interpreted, start < 0 ? OptionalInt.empty() : OptionalInt.of(start), names,
                tailCalls, functionsPerClass, classes);
    }

    private static ByteBuffer part(ByteBuffer in) {
        ByteBuffer part = in.slice(in.position() + 4, in.getInt(in.position()));
        in.position(in.position() + 4 + part.remaining());
        return part;
    }
}
