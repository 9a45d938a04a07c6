package dev.virga.cli.compose;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.GuestFile;
import dev.virga.cli.OutputOption;
import dev.virga.cli.WithOption;
import dev.virga.component.compose.Composition;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga compose}. */
@Command(
        name = "compose",
        description = "Plugs components into the imports of another one and writes the result, a component that exports "
                + "what that one exports and imports what nothing meets.",
        footer = {
            "",
            "NAME is an interface (wasi:http/handler@0.3.0, or without the version), a",
            "package (wasi:http) or a plain name. Several --with for one NAME make a chain:",
            "each meets that import of the one before.",
            "",
            "Examples:",
            "  virga compose app.wasm --with acme:log/log=log.wasm -o whole.wasm",
            "  virga compose auth.wasm --with service.wasm -o guarded.wasm",
            "  virga compose gzip.wasm --with auth.wasm --with service.wasm -o chain.wasm"
        })
public final class ComposeCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "The component whose imports are met and whose exports stay.")
    private Path path;

    @Mixin
    private WithOption with;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            required = true,
            description = "Write the result to this file.")
    private Path target;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public ComposeCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (!with.isGiven()) {
            throw new CliException.Usage("nothing to plug in: give --with [NAME=]FILE at least once");
        }
        Composition composition = with.compose(GuestFile.read(path));
        AtomicFile.writeOut(target, composition.binary());
        CompositionPrinter printer = new CompositionPrinter(target.toString(), composition);
        if (output.json()) {
            printer.json(console.out());
        } else {
            printer.text(console.out());
        }
        return ExitCode.OK;
    }
}
