package dev.virga.cli.completion;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Completions for fish. */
final class FishScript {

    /** Words that are no commands are flags, their values, and files. */
    private static final String HEAD = """
            # Completions of virga for fish; made by `virga completion fish`.
            set -g __virga_commands %s

            function __virga_at --description 'Whether the words so far lead to a command'
                set -l path ''
                for word in (commandline -opc)[2..-1]
                    set -l next (string trim -- "$path $word")
                    contains -- "$next" $__virga_commands; and set path "$next"
                end
                test "$path" = "$argv"
            end

            complete -c virga -e
            complete -c virga -f
            """;

    private FishScript() {}

    static String of(CommandLine root) {
        Map<String, CommandLine> commands = Paths.of(root);
        StringBuilder script = new StringBuilder(HEAD.formatted(commands.keySet().stream()
                .filter(path -> !path.isEmpty())
                .map(FishScript::quoted)
                .collect(Collectors.joining(" "))));
        commands.forEach((path, command) -> add(path, command, script));
        return script.toString();
    }

    private static void add(String path, CommandLine command, StringBuilder script) {
        String at = "complete -c virga -n " + quoted(("__virga_at " + path).strip());
        command.getSubcommands().forEach((name, one) -> script.append(at)
                .append(" -a ").append(name)
                .append(" -d ").append(quoted(first(one.getCommandSpec().usageMessage().description())))
                .append('\n'));
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.hidden()) {
                continue;
            }
            script.append(at);
            for (String name : option.names()) {
                script.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
            }
            if (option.arity().max() > 0) {
                script.append(values(option));
            }
            script.append(" -d ").append(quoted(first(option.description()))).append('\n');
        }
        for (PositionalParamSpec parameter : command.getCommandSpec().positionalParameters()) {
            String words = words(parameter);
            script.append(!words.isEmpty() ? at + words + "\n" : isFile(parameter) ? at + " -F\n" : "");
        }
    }

    private static String values(ArgSpec argument) {
        return isFile(argument) ? " -r -F" : " -x" + words(argument);
    }

    /** Those that there are to choose from. */
    private static String words(ArgSpec argument) {
        return argument.completionCandidates() == null
                ? ""
                : " -a " + quoted(StreamSupport.stream(argument.completionCandidates().spliterator(), false)
                        .collect(Collectors.joining(" ")));
    }

    private static boolean isFile(ArgSpec argument) {
        return argument.typeInfo().getType() == Path.class
                || argument.auxiliaryTypes().length > 0 && argument.auxiliaryTypes()[0] == Path.class
                || argument.paramLabel().contains("FILE") || argument.paramLabel().contains("DIR");
    }

    private static String first(String... description) {
        return description.length == 0 ? "" : description[0].replaceFirst("\\.( .*)?$", "").replace("%n", " ");
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
