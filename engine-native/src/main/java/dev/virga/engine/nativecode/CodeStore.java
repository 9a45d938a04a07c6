package dev.virga.engine.nativecode;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.virga.engine.CompileCache;
import dev.virga.engine.ModuleBinary;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Compiled modules on disk. A large one has two entries: its plan, by the whole module, with the key of its code; and
 * the code, by what that depends on, which is all but the data. Tools for languages with a runtime put a program into
 * the data of a large module that is the same otherwise. As long as one of them is loaded, the others have its code
 * out of memory: it was checked when it came there. So have small ones.
 */
final class CodeStore {

    /** Less is compiled in no time, and one entry is read faster than two. */
    static final int LARGE = 1 << 20;

    private static final int KEY_CHARACTERS = 64;

    private final CompileCache cache;
    private final String version;
    private final Map<String, WeakReference<Compiled.Code>> loaded = new ConcurrentHashMap<>();

    /** @param version whatever the code depends on beside the module */
    CodeStore(CompileCache cache, String version) {
        this.cache = cache;
        this.version = version;
    }

    /** What was compiled of this very module. */
    Optional<Compiled> find(ModuleBinary module) {
        Optional<ByteBuffer> entry = cache.get(key(module));
        if (module.length() < LARGE) {
            return entry.map(bytes -> small(module, Artifact.decode(bytes)));
        }
        return entry.flatMap(plan -> {
            String codeKey = new String(bytes(plan, KEY_CHARACTERS), US_ASCII);
            byte[] rest = bytes(plan, plan.remaining());
            return code(codeKey).map(code -> new Compiled(rest, code));
        });
    }

    /**
     * What was compiled of a large module with other data.
     *
     * @param plan makes this module's, which validates all of it but the code
     */
    Optional<Compiled> findCode(ModuleBinary module, Supplier<byte[]> plan) {
        if (module.length() < LARGE) {
            return Optional.empty();
        }
        String key = codeKey(module);
        return code(key).map(code -> {
            Compiled found = new Compiled(plan.get(), code);
            putPlan(module, key, found.plan());
            return found;
        });
    }

    Compiled put(ModuleBinary module, Artifact made) {
        if (module.length() < LARGE) {
            cache.put(key(module), made.encode());
            return small(module, made);
        }
        String key = codeKey(module);
        cache.put(key, made.with(new byte[0]).encode());
        putPlan(module, key, made.plan());
        return new Compiled(made.plan(), load(key, made));
    }

    private Compiled small(ModuleBinary module, Artifact artifact) {
        String key = codeKey(module);
        return new Compiled(artifact.plan(), inMemory(key).orElseGet(() -> load(key, artifact)));
    }

    private Optional<Compiled.Code> code(String key) {
        return inMemory(key).or(() -> cache.get(key).map(entry -> load(key, Artifact.decode(entry))));
    }

    private Optional<Compiled.Code> inMemory(String key) {
        return Optional.ofNullable(loaded.get(key)).map(WeakReference::get);
    }

    private Compiled.Code load(String key, Artifact artifact) {
        loaded.values().removeIf(code -> code.get() == null);
        Compiled.Code code = Compiled.Code.of(artifact);
        loaded.put(key, new WeakReference<>(code));
        return code;
    }

    private void putPlan(ModuleBinary module, String codeKey, byte[] plan) {
        ByteBuffer entry = ByteBuffer.allocate(KEY_CHARACTERS + plan.length);
        cache.put(key(module), entry.put(codeKey.getBytes(US_ASCII)).put(plan).array());
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private String key(ModuleBinary module) {
        return CompileCache.key(version, module.digest());
    }

    private String codeKey(ModuleBinary module) {
        return CompileCache.key("code of " + version, module.codeDigest());
    }
}
