package dev.virga.cli.project;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.Folders;
import dev.virga.cli.OutputOption;
import dev.virga.host.shape.Suggestions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga new}. */
@Command(
        name = "new",
        description = "Makes the folder of a new project, out of a template of its own or a folder of a git repository. "
                + "Nothing of it is run.",
        footer = {
            "",
            "Without a template it lists its own, which need no network.",
            "",
            "Examples:",
            "  virga new",
            "  virga new rust-http --name hello",
            "  virga new https://github.com/wasmCloud/wasmCloud --subfolder templates/http-hello-world --name hello"
        })
public final class NewCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "TEMPLATE|GIT-URL", description = "What the project begins with.")
    private Optional<String> template;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The project's name and folder (default: the template's name).")
    private Optional<String> name;

    @Option(names = "--subfolder", paramLabel = "DIR", description = "Take this folder of the git repository.")
    private Optional<String> subfolder;

    @Option(
            names = "--git-ref",
            paramLabel = "REF",
            description = "Take this branch, tag or commit of the git repository (default: its own default).")
    private Optional<String> gitRef;

    @Mixin
    private FolderFlag in;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public NewCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (template.isEmpty()) {
            list();
            return ExitCode.OK;
        }
        if (GitTemplate.isUrl(template.get())) {
            fromGit(template.get());
        } else {
            built(template.get());
        }
        return ExitCode.OK;
    }

    private void list() {
        List<Template> all = Template.all();
        if (output.json()) {
            ObjectNode root = JsonNodeFactory.instance.objectNode();
            ArrayNode templates = root.putArray("templates");
            all.forEach(t -> templates.addObject()
                    .put("name", t.name())
                    .put("description", t.description().description()));
            console.out().println(root);
            return;
        }
        all.forEach(t -> console.out().printf("%-20s %s%n", t.name(), t.description().description()));
        console.out().println("\nTake one with `virga new NAME`, or a folder of a git repository with"
                + " `virga new URL --subfolder DIR`.");
    }

    private void built(String wanted) {
        Template found = Template.find(wanted).orElseThrow(() -> new CliException.Usage(
                "there is no template " + wanted
                        + Suggestions.question(wanted, Template.all().stream().map(Template::name).toList())
                                .orElse("; `virga new` lists them, and a git repository is a URL")));
        if (subfolder.isPresent() || gitRef.isPresent()) {
            throw new CliException.Usage("--subfolder and --git-ref are for git repositories");
        }
        ProjectName project = new ProjectName(name.orElse(wanted));
        write(project, found.files(project).entrySet().stream()
                .map(f -> new GitTemplate.Entry(f.getKey(), false, false, f.getValue().getBytes(StandardCharsets.UTF_8)))
                .toList());
    }

    private void fromGit(String url) {
        console.err().println("fetching " + url);
        GitTemplate source = new GitTemplate(url, gitRef, subfolder);
        ProjectName project = new ProjectName(name.orElseGet(() -> last(subfolder.orElse(url))));
        try {
            Path scratch = Files.createTempDirectory("virga-new");
            try {
                write(project, source.fetch(scratch));
            } finally {
                Folders.delete(scratch);
            }
        } catch (IOException e) {
            throw new CliException.Failed("no temporary folder can be used: " + e);
        }
    }

    private static String last(String path) {
        String[] parts = path.replaceAll("(\\.git)?/*$", "").split("[/:]");
        return parts[parts.length - 1].toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    private void write(ProjectName project, List<GitTemplate.Entry> entries) {
        Path folder = in.folder().resolve(project.text());
        new NewFolder(folder).write(entries);
        if (output.json()) {
            ObjectNode root = JsonNodeFactory.instance.objectNode();
            root.put("folder", folder.toAbsolutePath().toString());
            ArrayNode files = root.putArray("files");
            entries.forEach(entry -> files.add(entry.path()));
            console.out().println(root);
            return;
        }
        console.out().println("made the folder " + folder + " with " + entries.size() + " files; now\n\n  cd " + folder
                + "\n  virga dev\n");
        if (entries.stream().anyMatch(e -> e.path().equals("README.md"))) {
            console.out().println(folder.resolve("README.md") + " says what else it needs.");
        }
        if (entries.stream().noneMatch(e -> ProjectFiles.NAMES.contains(e.path()))) {
            console.out().println("It has none of " + String.join(", ", ProjectFiles.NAMES)
                    + ": write a virga.yaml that says how to build it (docs/projects.md).");
        }
    }
}
