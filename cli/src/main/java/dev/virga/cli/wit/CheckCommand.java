package dev.virga.cli.wit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.GuestFile;
import dev.virga.cli.OutputOption;
import dev.virga.component.ComponentException;
import dev.virga.component.wit.PackageWit;
import dev.virga.component.wit.WitFiles;
import dev.virga.wit.Features;
import dev.virga.wit.Package;
import dev.virga.wit.Problem;
import dev.virga.wit.Resolution;
import dev.virga.wit.WitException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga wit check}. */
@Command(
        name = "check",
        description = "Says what is wrong in WIT, with all that it depends on.",
        footer = {
            "",
            "A folder is a package with its dependencies in its folder deps; a file holds all that it needs."
                + " Warnings are of rules that published packages break too.",
            "",
            "Exit code: 0 good, perhaps with warnings; 1 something is wrong; 2 bad usage.",
            "",
            "Examples:",
            "  virga wit check wit",
            "  virga wit check --strict --output json wit package.wasm"
        })
final class CheckCommand implements Callable<Integer> {

    @Parameters(arity = "1..*", paramLabel = "DIR|FILE", description = "Packages, each by itself.")
    private List<Path> paths;

    @Option(names = "--strict", description = "Warnings count as mistakes.")
    private boolean strict;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Problem> problems = paths.stream().flatMap(path -> check(path).stream()).toList();
        long errors = problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).count();
        print(problems, errors);
        return errors > 0 || strict && !problems.isEmpty() ? ExitCode.FAILED : ExitCode.OK;
    }

    private void print(List<Problem> problems, long errors) {
        if (output.json()) {
            ObjectNode all = JsonNodeFactory.instance.objectNode();
            ProblemPrinter.json(problems, all.putArray("problems"));
            console.out().println(all);
            return;
        }
        problems.forEach(console.out()::println);
        long warnings = problems.size() - errors;
        console.out().println(problems.isEmpty()
                ? "nothing is wrong"
                : counted(errors, "mistake") + ", " + counted(warnings, "warning"));
    }

    private static String counted(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }

    private static List<Problem> check(Path path) {
        Optional<GuestFile> binary = WitInput.binary(path);
        try {
            return binary.isPresent() ? check(binary.get()) : check(WitInput.text(path), path);
        } catch (WitException e) {
            return List.of(e.problem());
        } catch (CliException.Failed e) {
            return List.of(error(path, e.getMessage()));
        }
    }

    /** An encoded package is checked as the text that it stands for, too. */
    private static List<Problem> check(GuestFile file) {
        try {
            PrintCommand.text(file);
            return List.of();
        } catch (ComponentException e) {
            throw file.refused(e);
        }
    }

    private static List<Problem> check(WitFiles files, Path path) {
        // With every feature nothing is skipped; without any, what needs one without saying so shows.
        Set<Problem> problems = new LinkedHashSet<>(files.problems(Features.ALL));
        if (problems.stream().noneMatch(p -> p.severity() == Problem.Severity.ERROR)) {
            problems.addAll(files.problems(Features.NONE));
            problems.addAll(encodable(files, path));
        }
        return new ArrayList<>(problems);
    }

    private static List<Problem> encodable(WitFiles files, Path path) {
        try {
            Resolution all = files.resolve(Features.ALL);
            Package root = all.find(files.name()).orElseThrow();
            PackageWit.of(PackageWit.encode(all, root));
            return List.of();
        } catch (ComponentException e) {
            return List.of(error(path, e.getMessage()));
        }
    }

    private static Problem error(Path path, String text) {
        String name = path.toString();
        String own = text.startsWith(name + ": ") ? text.substring(name.length() + 2) : text;
        return new Problem(Problem.Severity.ERROR, name, 0, 0, own);
    }
}
