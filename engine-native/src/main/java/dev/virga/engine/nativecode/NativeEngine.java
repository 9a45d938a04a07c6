package dev.virga.engine.nativecode;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.virga.engine.CompileCache;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.FuncType;
import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleBinary;
import dev.virga.engine.ModuleException;
import dev.virga.engine.Store;
import dev.virga.engine.memory.LinuxMemory;
import dev.virga.engine.memory.MappedMemory;
import dev.virga.engine.memory.MemoryImage;
import dev.virga.engine.memory.MemorySource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The engine that compiles modules to machine code, ahead of their first call, and runs them on
 * stacks of their own.
 */
public final class NativeEngine implements Engine {

    private final Optional<CompileCache> cache;
    private final Optional<CodeStore> store;
    private final Platform platform = Platform.current();
    private final LinuxMemory system;
    private final Map<FuncType, NativeModule> stubModules = new ConcurrentHashMap<>();

    /**
     * @param cacheDirectory where compiled modules are kept between runs of the JVM
     * @throws UnsupportedOperationException where {@link #missing} says why
     */
    public NativeEngine(Optional<Path> cacheDirectory) {
        missing().ifPresent(why -> {
            throw new UnsupportedOperationException("no native engine: " + why);
        });
        this.cache = cacheDirectory.map(directory -> new CompileCache(directory, CompileCache.DEFAULT_MAX_BYTES));
        this.store = cache.map(disk -> new CodeStore(disk, version()));
        this.system = LinuxMemory.find().orElseThrow();
    }

    /** Why this machine cannot run this engine; empty if it can. */
    public static Optional<String> missing() {
        Optional<String> platform = Platform.missing();
        if (platform.isPresent()) {
            return platform;
        }
        return LinuxMemory.find().isPresent()
                ? Optional.empty()
                : Optional.of("the JVM does not allow foreign functions (--enable-native-access)");
    }

    @Override
    public String name() {
        return "native";
    }

    @Override
    public CoreModule compile(ModuleBinary binary) {
        return module(binary);
    }

    private NativeModule module(ModuleBinary binary) {
        return new NativeModule(this, binary.bytes(), stored(binary)
                .or(() -> store.flatMap(s -> s.findCode(binary, () -> Compiler.plan(binary.bytes(), platform))))
                .orElseGet(() -> compiled(binary)));
    }

    @Override
    public Optional<CoreModule> cached(ModuleBinary binary) {
        return stored(binary).map(compiled -> new NativeModule(this, binary.bytes(), compiled));
    }

    @Override
    public void warmUp() {
        Images.generator();
    }

    private Compiled compiled(ModuleBinary binary) {
        refusal(binary).ifPresent(why -> {
            throw new ModuleException.Unsupported(why);
        });
        try {
            Artifact made = Compiler.compile(binary.bytes(), platform);
            return store.map(s -> s.put(binary, made)).orElseGet(() -> Compiled.of(made));
        } catch (ModuleException.Unsupported e) {
            cache.ifPresent(disk -> disk.put(refusalKey(binary), e.getMessage().getBytes(UTF_8)));
            throw e;
        }
    }

    /** Why the compiler has refused this module before: it would take as long to find out again. */
    private Optional<String> refusal(ModuleBinary binary) {
        return cache.flatMap(known -> known.get(refusalKey(binary))).map(text -> UTF_8.decode(text).toString());
    }

    private Optional<Compiled> stored(ModuleBinary binary) {
        return store.flatMap(s -> s.find(binary));
    }

    private String refusalKey(ModuleBinary binary) {
        return CompileCache.key("refused by " + version(), binary.digest());
    }

    private String version() {
        return Artifact.VERSION + " " + Images.digest() + " " + platform.target();
    }

    @Override
    public Store newStore(Limiter limiter) {
        return new NativeStore(this, limiter);
    }

    /** Where memories with this image and maximum come from. */
    MemorySource memorySource(MemoryImage image, long maxPages) {
        long reservation = Math.max(maxPages, 1) * NativeMemory.PAGE;
        return new MappedMemory(system, image, reservation, bytes -> {
            throw new OutOfMemoryError("the system refuses to reserve " + reservation + " bytes");
        });
    }

    /** A module that has the stub for host functions of a type, for those that no instance imports. */
    NativeModule stubModule(FuncType type) {
        return stubModules.computeIfAbsent(type, unknown -> module(new ModuleBinary(StubModule.of(unknown))));
    }

    @Override
    public void close() {}
}
