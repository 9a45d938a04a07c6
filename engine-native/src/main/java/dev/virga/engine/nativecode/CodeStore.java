package dev.virga.engine.nativecode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.virga.engine.BinaryReader;
import dev.virga.engine.CompileCache;
import dev.virga.engine.ModuleException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Compiled modules on disk. A large one has two entries: its plan, by the whole module, with the key of its code; and
 * the code, by what that depends on, which is all up to the end of the code section, and how many data segments there
 * are. Tools for languages with a runtime put a program into the data of a large module that is the same otherwise.
 */
record CodeStore(CompileCache cache, String version) {

    /** Less is compiled in no time, and one entry is read faster than two. */
    static final int LARGE = 1 << 20;

    private static final int PREAMBLE = 8;
    private static final int CODE = 10;
    private static final int DATA = 11;
    private static final int KEY_CHARACTERS = 64;

    /** What was compiled of this very module. */
    Optional<Artifact> find(byte[] module) {
        Optional<ByteBuffer> entry = cache.get(key(module));
        if (module.length < LARGE) {
            return entry.map(Artifact::decode);
        }
        return entry.flatMap(plan -> {
            String codeKey = new String(bytes(plan, KEY_CHARACTERS), US_ASCII);
            byte[] rest = bytes(plan, plan.remaining());
            return cache.get(codeKey).map(code -> Artifact.decode(code).with(rest));
        });
    }

    /**
     * What was compiled of a large module with other data.
     *
     * @param plan makes this module's, which validates all of it but the code
     */
    Optional<Artifact> findCode(byte[] module, Supplier<byte[]> plan) {
        if (module.length < LARGE) {
            return Optional.empty();
        }
        return codeKey(module).flatMap(key -> cache.get(key).map(code -> {
            Artifact found = Artifact.decode(code).with(plan.get());
            putPlan(module, key, found.plan());
            return found;
        }));
    }

    void put(byte[] module, Artifact made) {
        if (module.length < LARGE) {
            cache.put(key(module), made.encode());
            return;
        }
        String key = codeKey(module).orElseThrow(); // it is valid, as it was compiled
        cache.put(key, made.with(new byte[0]).encode());
        putPlan(module, key, made.plan());
    }

    private void putPlan(byte[] module, String codeKey, byte[] plan) {
        ByteBuffer entry = ByteBuffer.allocate(KEY_CHARACTERS + plan.length);
        cache.put(key(module), entry.put(codeKey.getBytes(US_ASCII)).put(plan).array());
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private String key(byte[] module) {
        return CompileCache.key(version, module);
    }

    /** None of a malformed module, which compiling it tells. */
    private Optional<String> codeKey(byte[] module) {
        try {
            BinaryReader in = new BinaryReader(module, 0, module.length);
            in.skip(PREAMBLE);
            int end = PREAMBLE;
            int segments = 0;
            while (!in.atEnd()) {
                int id = in.u8();
                BinaryReader content = in.slice(in.u32());
                if (id == CODE) {
                    end = in.position();
                } else if (id == DATA) {
                    segments = content.u32();
                }
            }
            return Optional.of(CompileCache.key("code of " + version + " " + segments, Arrays.copyOf(module, end)));
        } catch (ModuleException.Malformed e) {
            return Optional.empty();
        }
    }
}
