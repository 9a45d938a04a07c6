package dev.virga.cli.wit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.component.ComponentException;
import dev.virga.component.wit.PackageWit;
import dev.virga.component.wit.WitFiles;
import dev.virga.wit.Package;
import dev.virga.wit.Resolution;
import dev.virga.wit.WitException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga wit build}. */
@Command(
        name = "build",
        description = "Encodes a WIT package as a component, to be published or put into a folder deps.",
        footer = {
            "",
            "Examples:",
            "  virga wit build wit -o package.wasm",
            "  virga wit print package.wasm"
        })
final class BuildCommand implements Callable<Integer> {

    @Parameters(paramLabel = "DIR|FILE", description = "The package as a folder or file.")
    private Path path;

    @Option(names = {"-o", "--out"}, required = true, paramLabel = "OUT.wasm", description = "The file to write.")
    private Path out;

    @Mixin
    private FeatureOptions features;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    BuildCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (WitInput.binary(path).isPresent()) {
            throw new CliException.Usage(path + ": a component already; give the folder or file with the WIT text");
        }
        Package built;
        byte[] binary;
        try {
            WitFiles files = WitInput.text(path);
            Resolution all = files.resolve(features.features());
            built = all.find(files.name()).orElseThrow();
            binary = encode(all, built);
        } catch (WitException e) {
            throw WitInput.failed(e);
        }
        AtomicFile.writeOut(out, binary);
        report(built, binary.length);
        return ExitCode.OK;
    }

    /** Read again before it is written: what others cannot read is of no use. */
    private byte[] encode(Resolution all, Package built) {
        if (built.interfaces().isEmpty() && built.worlds().isEmpty()) {
            throw new CliException.Failed(path + ": the package " + built.name()
                    + " has neither interfaces nor worlds, so there is nothing to encode");
        }
        try {
            byte[] binary = PackageWit.encode(all, built);
            PackageWit.of(binary).orElseThrow();
            return binary;
        } catch (ComponentException e) {
            throw new CliException.Failed(path + ": " + e.getMessage());
        }
    }

    private void report(Package built, int size) {
        if (output.json()) {
            console.out().println(JsonNodeFactory.instance.objectNode()
                    .put("file", out.toString())
                    .put("package", built.name().toString())
                    .put("size", size));
        } else {
            console.out().println(out + ": the package " + built.name() + ", " + size + " bytes");
        }
    }
}
