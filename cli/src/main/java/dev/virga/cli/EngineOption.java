package dev.virga.cli;

import dev.virga.engine.Engine;
import picocli.CommandLine.Option;

/** The flag {@code --engine}. */
public final class EngineOption {

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = "portable",
            description = "Run WebAssembly on this engine (default and only one yet: portable).")
    private String name = "portable";

    public Engine open() {
        return Engines.open(name, false);
    }

    /** With features that only guests may use which are trusted. */
    public Engine openForTrusted() {
        return Engines.open(name, true);
    }
}
