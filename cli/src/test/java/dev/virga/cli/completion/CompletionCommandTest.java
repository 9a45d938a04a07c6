package dev.virga.cli.completion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CommandRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scripts are run by the shells that they are for, as far as those are installed. */
class CompletionCommandTest {

    @TempDir
    private Path folder;

    private String script(String shell) {
        CommandRun run = CommandRun.of("completion", shell);
        assertEquals(0, run.exitCode(), run.err());
        return run.out();
    }

    private Path file(String shell) throws Exception {
        return Files.writeString(folder.resolve("virga." + shell), script(shell));
    }

    /** What a shell prints, line by line; the test is skipped where there is none. */
    private List<String> run(String shell, String... arguments) throws Exception {
        Optional<Path> program = Stream.of("/bin/", "/usr/bin/").map(b -> Path.of(b + shell)).filter(Files::isExecutable).findFirst();
        Assumptions.assumeTrue(program.isPresent(), shell + " is not installed");
        List<String> command = Stream.concat(Stream.of(program.get().toString()), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text.lines().toList();
    }

    private List<String> bash(String... words) throws Exception {
        return run("bash", "-c", "source " + file("bash") + "; COMP_WORDS=(" + String.join(" ", words) + "); COMP_CWORD="
                + (words.length - 1) + "; " + "COMP_LINE=\"${COMP_WORDS[*]}\"; COMP_POINT=${#COMP_LINE}; "
                + "_complete_virga; printf '%s\\n' \"${COMPREPLY[@]}\"");
    }

    @Test
    void bashCompletesCommandsAndFlags() throws Exception {
        assertEquals(List.of("push", "pull"), bash("virga", "oci", "pu"));
        assertEquals(List.of("doctor"), bash("virga", "doc"));
        assertTrue(bash("virga", "oci", "push", "--ann").contains("--annotation"));
    }

    @Test
    void zshTakesTheScript() throws Exception {
        List<String> taken = run("zsh", "-f", "-c",
                "autoload -Uz compinit bashcompinit; compinit -u -D; bashcompinit; source " + file("zsh")
                        + "; print -r -- \"${_comps[virga]}\"");
        assertTrue(taken.getFirst().contains("-F _complete_virga"), taken.toString());
    }

    private List<String> fish(String line) throws Exception {
        return run("fish", "--no-config", "-c", "source " + file("fish") + "; complete -C '" + line + "'").stream()
                .map(candidate -> candidate.replaceFirst("\t.*", ""))
                .sorted()
                .toList();
    }

    @Test
    void fishCompletesCommandsFlagsAndTheirValues() throws Exception {
        assertEquals(List.of("pull", "push"), fish("virga oci pu"));
        assertEquals(List.of("fetch"), fish("virga wit --help fe"));
        assertEquals(List.of("--output"), fish("virga oci push --out"));
        assertEquals(List.of("json", "text"), fish("virga oci push --output "));
        assertEquals(List.of("bash", "fish", "powershell", "zsh"), fish("virga completion "));
        Files.writeString(folder.resolve("x.wasm"), "");
        assertEquals(List.of(folder.resolve("x.wasm").toString()), fish("virga inspect " + folder.resolve("x.w")));
    }

    @Test
    void powershellHasTheWordsOfEachCommand() {
        String script = script("powershell");
        assertTrue(script.contains("Register-ArgumentCompleter -Native -CommandName virga"), script);
        assertTrue(script.contains("'oci' = @('push', 'pull', 'inspect', 'login', 'logout', "), script);
        assertTrue(script.lines().anyMatch(l -> l.strip().startsWith("'oci push' = @(") && l.contains("'--annotation'")), script);
    }

    @Test
    void powershellCompletesCommands() throws Exception {
        Path file = Files.writeString(folder.resolve("virga.ps1"), script("powershell"));
        assertEquals(List.of("push", "pull"), run("pwsh", "-NoProfile", "-Command", ". " + file
                + "; (TabExpansion2 'virga oci pu' 12).CompletionMatches.CompletionText"));
    }

    @Test
    void anUnknownShellIsRefused() {
        CommandRun run = CommandRun.of("completion", "tcsh");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().toLowerCase(java.util.Locale.ROOT).contains("bash, zsh, fish, powershell"), run.err());
    }
}
