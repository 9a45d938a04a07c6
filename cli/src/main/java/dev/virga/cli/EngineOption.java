package dev.virga.cli;

import dev.virga.component.ComponentLoader;
import dev.virga.component.ComponentLoader.Loaded;
import dev.virga.engine.Engine;
import dev.virga.engine.nativecode.NativeEngine;
import dev.virga.engine.portable.PortableEngine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The flag {@code --engine}. */
public final class EngineOption {

    private static final String NATIVE = "native";
    private static final String PORTABLE = "portable";

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            description = "Run WebAssembly on this engine, native or portable (default: native where this machine can, "
                    + "and portable for a component that needs what native lacks).")
    private Optional<String> name = Optional.empty();

    /**
     * What loads components: on the engine that was asked for and no other, or else as the default is.
     *
     * @throws CliException.Usage if there is no such engine here
     */
    public ComponentLoader loader() {
        return name.isEmpty() && NativeEngine.missing().isEmpty()
                ? new ComponentLoader(nativeEngine(), portable())
                : new ComponentLoader(open(false));
    }

    /**
     * The engine that was asked for, or else the default one and then the one for what that lacks; with
     * features that only guests may use which are trusted.
     *
     * @throws CliException.Usage if there is no such engine here
     */
    public List<Engine> openForTrusted() {
        return name.isEmpty() && NativeEngine.missing().isEmpty()
                ? List.of(nativeEngine(), PortableEngine.withGarbageCollection(cache()))
                : List.of(open(true));
    }

    private Engine open(boolean trusted) {
        String wanted = name.orElse(NativeEngine.missing().isEmpty() ? NATIVE : PORTABLE);
        return switch (wanted) {
            case NATIVE -> nativeEngine();
            case PORTABLE -> trusted ? PortableEngine.withGarbageCollection(cache()) : portable();
            default -> throw new CliException.Usage(
                    "--engine " + wanted + ": unknown; there are native and portable");
        };
    }

    private static Engine nativeEngine() {
        NativeEngine.missing().ifPresent(why -> {
            throw new CliException.Usage("--engine native: not on this machine: " + why + "; portable runs everywhere");
        });
        return new NativeEngine(cache());
    }

    private static Engine portable() {
        return new PortableEngine(cache());
    }

    private static Optional<Path> cache() {
        return Optional.of(CacheDirectory.find());
    }

    /** The engine of a component. */
    public EngineUse use(Loaded loaded) {
        Optional<String> here = name.isPresent() ? Optional.empty() : NativeEngine.missing();
        return new EngineUse(
                Optional.of(loaded.component().engine().name()),
                loaded.lack().or(() -> here.map(why -> "native is not on this machine: " + why)));
    }
}
