package dev.virga.cli.completion;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.cli.VirgaCommand;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga completion}. */
@Command(
        name = "completion",
        description = "Prints a script that completes commands and flags in a shell.",
        footer = {
            "",
            "Examples:",
            "  source <(virga completion bash)     # in ~/.bashrc",
            "  source <(virga completion zsh)      # in ~/.zshrc",
            "  virga completion fish > ~/.config/fish/completions/virga.fish",
            "  virga completion powershell >> $PROFILE"
        })
public final class CompletionCommand implements Callable<Integer> {

    /** Those that there are scripts for. */
    enum Shell {
        BASH,
        ZSH,
        FISH,
        POWERSHELL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}.")
    private Shell shell;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        CommandLine all = VirgaCommand.model(console);
        String script = switch (shell) {
            // picocli's script for bash makes zsh understand it, too
            case BASH, ZSH -> AutoComplete.bash("virga", all);
            case FISH -> FishScript.of(all);
            case POWERSHELL -> PowerShellScript.of(all);
        };
        if (output.json()) {
            console.out().println(JsonNodeFactory.instance.objectNode()
                    .put("shell", shell.toString())
                    .put("script", script));
        } else {
            console.out().println(script.stripTrailing());
        }
        return ExitCode.OK;
    }
}
