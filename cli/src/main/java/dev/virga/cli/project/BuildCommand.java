package dev.virga.cli.project;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.cli.Size;
import dev.virga.wit.World;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga build}. */
@Command(
        name = "build",
        description = "Builds the project in this folder into a component, and checks it.",
        footer = {
            "",
            "Reads virga.yaml, or else .wash/config.{yaml,json,toml}. What the build prints goes to standard error.",
            "A core module for WASI preview 1 that comes out is wrapped into a component in its place.",
            "",
            "Exit code: 0 built; 1 the build failed or made something else; 2 bad usage.",
            "",
            "Examples:",
            "  virga build",
            "  virga build -C hello --output json"
        })
public final class BuildCommand implements Callable<Integer> {

    @Mixin
    private FolderFlag in;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public BuildCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Project project = ProjectFiles.read(in.folder());
        project.notes().forEach(note -> console.err().println("virga: " + note));
        try (BuildRun run = new BuildRun(project, project.command())) {
            run.await(console.err());
        }
        Built built = Built.of(project);
        World world = built.world();
        WorldCheck.check(project, world);
        print(built, Built.names(world.imports()), Built.names(world.exports()));
        return ExitCode.OK;
    }

    private void print(Built built, List<String> imports, List<String> exports) {
        int size = built.file().bytes().length;
        if (output.json()) {
            ObjectNode root = JsonNodeFactory.instance.objectNode()
                    .put("file", built.file().name())
                    .put("size", size)
                    .put("wrapped", built.wrapped());
            imports.forEach(root.putArray("imports")::add);
            exports.forEach(root.putArray("exports")::add);
            console.out().println(root);
            return;
        }
        console.out().println(built.file().name() + ": component, " + Size.text(size)
                + (built.wrapped() ? ", wrapped from a core module for WASI preview 1" : ""));
        print("Imports", imports);
        print("Exports", exports);
    }

    private void print(String title, List<String> names) {
        console.out().println(title + ":" + (names.isEmpty() ? " none" : ""));
        names.forEach(name -> console.out().println("  " + name));
    }
}
