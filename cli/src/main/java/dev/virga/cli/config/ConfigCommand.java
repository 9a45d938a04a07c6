package dev.virga.cli.config;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.wasi.Harmless;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga config}. */
@Command(
        name = "config",
        description = "Shows what holds here where no flag says otherwise, and where each comes from.",
        footer = {
            "",
            "Secrets are not shown. There is no file of settings: flags, variables and "
                + "the files that commands are given are all there is.",
            "",
            "Examples:",
            "  virga config",
            "  XDG_CACHE_HOME=/tmp/cache virga config --output json"
        })
public final class ConfigCommand implements Callable<Integer> {

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public ConfigCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Setting> settings = Setting.all(console);
        if (output.json()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            ArrayNode array = all.putArray("settings");
            settings.forEach(s -> array.addObject().put("name", s.name()).put("value", s.value()).put("from", s.from()));
            console.out().println(all);
            return ExitCode.OK;
        }
        int width = settings.stream().mapToInt(s -> s.name().length()).max().orElse(0);
        settings.forEach(s -> console.out().println(
                s.name() + " ".repeat(width - s.name().length()) + "  " + Harmless.text(s.value()) + "  (" + s.from() + ")"));
        return ExitCode.OK;
    }
}
