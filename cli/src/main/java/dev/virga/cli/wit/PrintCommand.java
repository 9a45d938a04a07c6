package dev.virga.cli.wit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.GuestFile;
import dev.virga.cli.OutputOption;
import dev.virga.component.ComponentException;
import dev.virga.component.wit.ComponentWit;
import dev.virga.component.wit.PackageWit;
import dev.virga.component.wit.WitFiles;
import dev.virga.wit.WitException;
import dev.virga.wit.WitPrinter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga wit print}. */
@Command(
        name = "print",
        description = "Prints the WIT of a component, of a package that is encoded as one, or of text, resolved.",
        footer = {
            "",
            "All packages are in one file: what is imported implicitly is written out, included worlds are joined,"
                + " and items whose @unstable feature is not asked for are left out.",
            "",
            "Examples:",
            "  virga wit print service.wasm",
            "  virga wit print --features informational-outbound-responses wit"
        })
final class PrintCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE|DIR", description = "A component, or a package as a file or folder.")
    private Path path;

    @Mixin
    private FeatureOptions features;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    PrintCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Optional<GuestFile> binary = WitInput.binary(path);
        String text = binary.isPresent() ? printed(binary.get()) : printed(path);
        if (output.json()) {
            console.out().println(JsonNodeFactory.instance.objectNode().put("file", path.toString()).put("wit", text));
        } else {
            console.out().print(text);
            console.out().flush();
        }
        return ExitCode.OK;
    }

    private static String printed(GuestFile file) {
        try {
            return text(file);
        } catch (ComponentException e) {
            throw file.refused(e);
        }
    }

    /** @throws ComponentException if the component is malformed or invalid, or WIT has no words for it */
    static String text(GuestFile file) {
        return PackageWit.of(file.bytes()).map(PackageWit::text)
                .orElseGet(() -> ComponentWit.of(file.bytes()).text());
    }

    private String printed(Path path) {
        try {
            WitFiles files = WitInput.text(path);
            return WitPrinter.print(files.resolve(features.features()), files.name());
        } catch (WitException e) {
            throw WitInput.failed(e);
        }
    }
}
