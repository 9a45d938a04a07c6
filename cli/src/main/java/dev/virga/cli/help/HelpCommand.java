package dev.virga.cli.help;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.cli.Version;
import dev.virga.cli.VirgaCommand;
import dev.virga.host.shape.Suggestions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga help}. */
@Command(
        name = "help",
        description = "Shows a command's help, or writes that of all as man pages.",
        footer = {
            "",
            "Examples:",
            "  virga help oci push",
            "  virga help --man ~/.local/share/man/man1 && man virga-oci-push"
        })
public final class HelpCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "COMMAND", description = "The command's words (default: virga itself).")
    private List<String> words = List.of();

    @Option(names = "--man", paramLabel = "DIR", description = "Write a man page of each command into this folder.")
    private Optional<Path> man = Optional.empty();

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public HelpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine all = VirgaCommand.model(console);
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        if (man.isPresent()) {
            ArrayNode files = answer.putArray("files");
            write(all, man.get(), files);
            if (!output.json()) {
                console.out().println(man.get() + ": " + files.size() + " man pages");
            }
        } else {
            String text = named(all).getUsageMessage(CommandLine.Help.Ansi.OFF);
            answer.put("command", String.join(" ", words)).put("help", text);
            if (!output.json()) {
                console.out().print(text);
                console.out().flush();
            }
        }
        if (output.json()) {
            console.out().println(answer);
        }
        return ExitCode.OK;
    }

    private CommandLine named(CommandLine all) {
        CommandLine command = all;
        for (String word : words) {
            CommandLine next = command.getSubcommands().get(word);
            if (next == null) {
                throw new CliException.Usage(command.getCommandSpec().qualifiedName() + " has no command '" + word + "'"
                        + Suggestions.question(word, command.getSubcommands().keySet()).orElse(""));
            }
            command = next;
        }
        return command;
    }

    private void write(CommandLine command, Path folder, ArrayNode files) {
        String name = command.getCommandSpec().qualifiedName("-");
        Path file = folder.resolve(name + ".1");
        try {
            Files.createDirectories(folder);
            AtomicFile.write(file, ManPage.of(command, Version.text()).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CliException.Failed(file + ": cannot be written: " + AtomicFile.reason(e));
        }
        files.add(file.toString());
        command.getSubcommands().values().forEach(one -> write(one, folder, files));
    }
}
