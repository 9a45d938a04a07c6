package dev.virga.cli.doctor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import dev.virga.cli.Progress;
import dev.virga.cli.Style;
import dev.virga.cli.host.BackendFlags;
import dev.virga.cli.host.FolderOption;
import dev.virga.cli.host.Sources;
import dev.virga.cli.oci.DockerConfig;
import dev.virga.host.manifest.Manifest;
import dev.virga.wasi.Harmless;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code virga doctor}. */
@Command(
        name = "doctor",
        description = "Looks for what is wrong on this machine, and prints the command that fixes it.",
        footer = {
            "",
            "Looks at the JDK, the engine, caches, ports, permissions and toolchains; with "
                + "--config, --backend or --manifest also at backends, which it reaches, and at "
                + "what manifests want of them. It changes nothing.",
            "",
            "Exit code: 0 nothing that is needed is broken; 1 something is; 2 bad usage.",
            "",
            "Examples:",
            "  virga doctor",
            "  virga doctor --config host.yaml --manifest shop.yaml",
            "  virga doctor --output json"
        })
public final class DoctorCommand implements Callable<Integer> {

    @Option(
            names = "--manifest",
            paramLabel = "FILE|DIR",
            description = "Look at what these manifests want of backends. May be given several times.")
    private List<String> manifests = new ArrayList<>();

    @Mixin
    private BackendFlags backends;

    @Mixin
    private FolderOption folder;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public DoctorCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        List<Manifest> wanted = Sources.read(manifests, console).all();
        List<Finding> findings = new ArrayList<>();
        try (Progress _ = Progress.of(console, "looking around")) {
            findings.addAll(Machine.look());
            findings.addAll(Caches.look(console.environment(), folder.path()));
            credentials().ifPresent(findings::add);
            findings.addAll(Toolchains.look(console.environment()));
            findings.addAll(BackendLook.look(backends.backends(), backends.links(), wanted));
        }
        long broken = findings.stream().filter(f -> f.level() == Finding.Level.BROKEN).count();
        if (output.json()) {
            console.out().println(json(findings, broken));
        } else {
            findings.forEach(this::print);
            console.out().println(broken == 0
                    ? "nothing that is needed is broken"
                    : broken + (broken == 1 ? " thing is broken" : " things are broken"));
        }
        return broken == 0 ? ExitCode.OK : ExitCode.FAILED;
    }

    private Optional<Finding> credentials() {
        Path file = DockerConfig.find(console.environment()).file();
        try {
            return Files.exists(file) && Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)
                    ? Optional.of(Finding.warning(
                            "credentials", file + " can be read by everybody", "chmod 600 " + file))
                    : Optional.empty();
        } catch (UnsupportedOperationException | IOException e) {
            return Optional.empty();
        }
    }

    private void print(Finding finding) {
        Style style = console.style();
        String mark = switch (finding.level()) {
            case GOOD -> style.good("good   ");
            case NOTE -> "note   ";
            case WARNING -> style.doubtful("warning");
            case BROKEN -> style.bad("BROKEN ");
        };
        console.out().println(mark + "  " + finding.what() + ": " + Harmless.text(finding.text()));
        finding.fix().ifPresent(fix -> console.out().println("         fix: " + Harmless.text(fix)));
    }

    private static ObjectNode json(List<Finding> findings, long broken) {
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        ArrayNode array = all.putArray("findings");
        findings.forEach(f -> array.addObject()
                .put("level", f.level().name().toLowerCase(Locale.ROOT))
                .put("what", f.what())
                .put("text", f.text())
                .put("fix", f.fix().orElse(null)));
        return all.put("broken", broken);
    }
}
