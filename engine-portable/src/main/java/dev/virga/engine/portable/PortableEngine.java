package dev.virga.engine.portable;

import dev.virga.engine.CompileCache;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleBinary;
import dev.virga.engine.Store;
import dev.virga.engine.memory.CopiedMemory;
import dev.virga.engine.memory.LinuxMemory;
import dev.virga.engine.memory.MappedMemory;
import dev.virga.engine.memory.MemoryImage;
import dev.virga.engine.memory.MemorySource;
import java.nio.file.Path;
import java.util.Optional;

/** The engine that is pure Java: runs wherever a JVM does. */
public final class PortableEngine implements Engine {

    private final Optional<CompileCache> cache;
    private final Optional<LinuxMemory> system;
    private final boolean garbageCollection;
    private final ModuleTypes.Interner interner = new ModuleTypes.Interner();

    /** @param cacheDirectory where compiled modules are kept between runs of the JVM */
    public PortableEngine(Optional<Path> cacheDirectory) {
        this(cacheDirectory, true, false);
    }

    /**
     * An engine that also runs modules which allocate structs and arrays. Those lie in the JVM's heap
     * and no limiter counts them, so such a guest can use up the heap: only for guests that are trusted.
     */
    public static PortableEngine withGarbageCollection(Optional<Path> cacheDirectory) {
        return new PortableEngine(cacheDirectory, true, true);
    }

    /** @param mapMemory whether memories may be mapped copy-on-write where the system can do it */
    PortableEngine(Optional<Path> cacheDirectory, boolean mapMemory) {
        this(cacheDirectory, mapMemory, false);
    }

    private PortableEngine(Optional<Path> cacheDirectory, boolean mapMemory, boolean garbageCollection) {
        this.garbageCollection = garbageCollection;
        this.cache = cacheDirectory.map(directory -> new CompileCache(directory, CompileCache.DEFAULT_MAX_BYTES));
        this.system = mapMemory ? LinuxMemory.find() : Optional.empty();
    }

    @Override
    public String name() {
        return "portable";
    }

    @Override
    public CoreModule compile(ModuleBinary binary) {
        return cached(binary).orElseGet(() -> {
            CompiledCode code = ModuleCompiler.compile(binary.bytes(), garbageCollection);
            cache.ifPresent(known -> known.put(key(binary), code.encode()));
            return new PortableModule(code, this);
        });
    }

    @Override
    public Optional<CoreModule> cached(ModuleBinary binary) {
        return cache.flatMap(known -> known.get(key(binary)))
                .map(entry -> new PortableModule(CompiledCode.decode(entry), this));
    }

    private String key(ModuleBinary binary) {
        return CompileCache.key(CompiledCode.VERSION + (garbageCollection ? " gc" : ""), binary.digest());
    }

    @Override
    public Store newStore(Limiter limiter) {
        return new PortableStore(this, limiter);
    }

    ModuleTypes.Interner interner() {
        return interner;
    }

    /** Where memories with this image and maximum come from. */
    MemorySource memorySource(MemoryImage image, long maxPages) {
        long limit = maxPages * LinearMemory.PAGE;
        MemorySource copied = new CopiedMemory(image, limit);
        return system.isPresent() && limit > 0
                ? new MappedMemory(system.get(), image, limit, copied)
                : copied;
    }

    @Override
    public void close() {}
}
