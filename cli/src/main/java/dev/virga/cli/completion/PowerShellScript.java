package dev.virga.cli.completion;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Completions for PowerShell. */
final class PowerShellScript {

    /** The word under the cursor leads nowhere yet. */
    private static final String SCRIPT = """
            # Completions of virga for PowerShell; made by `virga completion powershell`.
            Register-ArgumentCompleter -Native -CommandName virga -ScriptBlock {
                param($wordToComplete, $commandAst, $cursorPosition)
                $words = @{
            %s
                }
                $path = ''
                foreach ($element in ($commandAst.CommandElements | Select-Object -Skip 1)) {
                    if ($element.Extent.EndOffset -ge $cursorPosition) { break }
                    $next = ("$path " + $element.ToString()).Trim()
                    if ($words.ContainsKey($next)) { $path = $next }
                }
                $words[$path] | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }
            """;

    private PowerShellScript() {}

    static String of(CommandLine root) {
        Map<String, CommandLine> commands = Paths.of(root);
        return SCRIPT.formatted(commands.entrySet().stream()
                .map(e -> "        '" + e.getKey() + "' = @(" + words(e.getValue()) + ")")
                .collect(Collectors.joining("\n")));
    }

    private static String words(CommandLine command) {
        return Stream.concat(
                        command.getSubcommands().keySet().stream(),
                        command.getCommandSpec().options().stream()
                                .filter(o -> !o.hidden())
                                .flatMap(o -> Stream.of(o.names())))
                .map(word -> "'" + word + "'")
                .collect(Collectors.joining(", "));
    }
}
