package dev.virga.cli.wit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.wit.Problem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga wit fmt}. */
@Command(
        name = "fmt",
        description = "Formats WIT files, and the WIT in Markdown files, in one style.",
        footer = {
            "",
            "Comments and blank lines between groups stay; what a text means is not touched. A file that is malformed"
                + " is reported and left as it is. Folders in a folder that are hidden, or called deps or node_modules,"
                + " are left alone.",
            "",
            "Exit code: 0 done; 1 a file is malformed or, with --check, would change; 2 bad usage.",
            "",
            "Examples:",
            "  virga wit fmt wit README.md",
            "  virga wit fmt --check .",
            "  virga wit fmt - < a.wit"
        })
final class FmtCommand implements Callable<Integer> {

    private static final String STDIN = "-";

    @Parameters(arity = "1..*", paramLabel = "FILE|DIR",
            description = ".wit and .md files, folders with such, or - for standard input to standard output.")
    private List<String> given;

    @Option(names = "--check", description = "Change nothing, but list the files that would change.")
    private boolean check;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    FmtCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Formatting> all = given.equals(List.of(STDIN)) ? List.of(input()) : files();
        if (output.json()) {
            console.out().println(json(all));
        } else {
            all.forEach(this::print);
        }
        boolean failed = all.stream().anyMatch(
                f -> f instanceof Formatting.Refused || check && f instanceof Formatting.Changed);
        return failed ? ExitCode.FAILED : ExitCode.OK;
    }

    private Formatting input() {
        try {
            return Formatting.of("<stdin>", console.in().readAllBytes());
        } catch (IOException e) {
            throw new CliException.Failed("standard input cannot be read: " + e.getMessage());
        }
    }

    private List<Formatting> files() {
        if (given.contains(STDIN)) {
            throw new CliException.Usage("- stands alone: give either standard input or files");
        }
        Set<Path> files = new LinkedHashSet<>();
        given.forEach(g -> files.addAll(FmtFiles.of(Path.of(g))));
        return files.stream().map(Formatting::of).map(f -> check ? f : f.written()).toList();
    }

    private void print(Formatting one) {
        boolean stdin = given.equals(List.of(STDIN));
        switch (one) {
            case Formatting.Refused(String _, Problem problem) -> console.err().println(problem);
            case Formatting.Changed(String name, String _) when check -> console.out().println(name);
            case Formatting.Changed(String _, String text) when stdin -> console.out().print(text);
            case Formatting.Same(String _, String text) when stdin && !check -> console.out().print(text);
            case Formatting.Changed(String name, String _) -> console.out().println("formatted " + name);
            case Formatting.Same _ -> { }
        }
        console.out().flush();
    }

    private ObjectNode json(List<Formatting> all) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ArrayNode files = root.putArray("files");
        ArrayNode problems = root.putArray("problems");
        for (Formatting one : all) {
            if (one instanceof Formatting.Refused(String _, Problem problem)) {
                ProblemPrinter.json(List.of(problem), problems);
                continue;
            }
            ObjectNode file = files.addObject().put("file", one.name()).put("changed", one instanceof Formatting.Changed);
            if (one.name().equals("<stdin>") && !check) {
                file.put("text", one instanceof Formatting.Changed(String _, String text) ? text
                        : ((Formatting.Same) one).text());
            }
        }
        return root;
    }
}
