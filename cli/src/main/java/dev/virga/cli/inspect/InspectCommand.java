package dev.virga.cli.inspect;

import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.GuestFile;
import dev.virga.cli.OutputOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga inspect}. */
@Command(
        name = "inspect",
        description = "Shows what a component imports and exports, what it is made of, and what it would need.",
        footer = {
            "",
            "Examples:",
            "  virga inspect service.wasm",
            "  virga inspect --output json service.wasm"
        })
public final class InspectCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The component, or a core module.")
    private Path path;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public InspectCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        GuestFile file = GuestFile.read(path);
        Inspection seen = Inspector.inspect(file);
        if (output.json()) {
            InspectionPrinter.json(seen, console.out());
        } else {
            InspectionPrinter.text(seen, console.out());
            if (file.isCoreModule()) {
                console.err().println("virga: " + file.name() + ": " + file.coreModuleHint());
            }
        }
        return ExitCode.OK;
    }
}
