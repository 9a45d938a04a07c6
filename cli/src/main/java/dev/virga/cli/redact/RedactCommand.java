package dev.virga.cli.redact;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.Console;
import dev.virga.cli.ExitCode;
import dev.virga.cli.OutputOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code virga redact}. */
@Command(
        name = "redact",
        description = "Masks tokens, e-mail addresses, network addresses, host names, tenants and request ids in logs, "
                + "traces and other text and JSON, before they are shared.",
        footer = {
            "",
            "The same value has the same mask, also in several files. Masks of two runs",
            "differ unless they have the same --key-file. What was masked is counted on",
            "standard error. Files are read twice, so that names are found before the",
            "place where it is plain what they are; standard input is read once.",
            "",
            "Examples:",
            "  virga redact host.log > shared.log",
            "  virga redact --out-dir shared host.log audit.json traces.json",
            "  virga logs orders | virga redact --pattern 'ticket-[0-9]+' --name acme"
        })
public final class RedactCommand implements Callable<Integer> {

    private static final int KEY_BYTES = 32;
    private static final int SHORTEST_KEY = 16;
    private static final int LONGEST_KEY = 4096;

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "Files; none, or -, for standard input.")
    private List<String> files = List.of();

    @Option(
            names = "--out-dir",
            paramLabel = "DIR",
            description = "Write each file under its name into this folder, instead of all to standard output.")
    private Optional<Path> folder;

    @Option(
            names = "--pattern",
            paramLabel = "REGEX",
            description = "Mask what this matches, too, or its groups; may be given several times.")
    private List<Pattern> patterns = new ArrayList<>();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "Mask this name wherever it is a word, as a tenant's; may be given several times.")
    private List<String> known = new ArrayList<>();

    @Option(
            names = "--key-file",
            paramLabel = "FILE",
            description = "The key of the masks, 16 bytes or more; who has it can try values (default: a random one).")
    private Optional<Path> keyFile;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "auto",
            description = "How files are read: ${COMPLETION-CANDIDATES} (default: auto, by how they begin).")
    private Redactor.Format format;

    @Mixin
    private OutputOption output;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    private final Console console;

    public RedactCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        byte[] key = key();
        List<String> inputs = files.isEmpty() ? List.of("-") : files;
        Names names = new Names();
        known.forEach(name -> names.learn(Kind.TENANT, name));
        List<Rule> own = patterns.stream().map(Rules::own).toList();
        if (!inputs.contains("-")) {
            Redactor learns = Redactor.learning(new Masks(key), names);
            inputs.forEach(input -> redact(learns, input, OutputStream.nullOutputStream()));
        }
        Masks masks = new Masks(key);
        Redactor redactor = new Redactor(masks, names, own);
        for (String input : inputs) {
            if (folder.isPresent()) {
                toFolder(redactor, input, folder.get());
            } else {
                redact(redactor, input, console.out());
            }
        }
        console.out().flush();
        tell(masks.counts(), redactor.leftOut(), names.isFull());
        return ExitCode.OK;
    }

    private byte[] key() {
        if (keyFile.isEmpty()) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            return key;
        }
        try (InputStream in = Files.newInputStream(keyFile.get())) {
            byte[] key = in.readNBytes(LONGEST_KEY);
            if (key.length < SHORTEST_KEY) {
                throw new CliException.Usage("--key-file " + keyFile.get() + ": has " + key.length + " bytes, and needs "
                        + SHORTEST_KEY + "; make one with `head -c 32 /dev/urandom`");
            }
            return key;
        } catch (IOException e) {
            throw new CliException.Usage("--key-file " + keyFile.get() + ": cannot be read: " + AtomicFile.reason(e));
        }
    }

    private void redact(Redactor redactor, String input, OutputStream out) {
        try (InputStream in = input.equals("-") ? console.in() : Files.newInputStream(Path.of(input))) {
            redactor.redact(in, out, format);
        } catch (RedactException e) {
            throw new CliException.Failed(input + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CliException.Usage(input + ": cannot be read or written: " + AtomicFile.reason(e));
        }
    }

    private void toFolder(Redactor redactor, String input, Path into) {
        Path target = into.resolve(input.equals("-") ? "stdin" : Path.of(input).getFileName().toString());
        try {
            Files.createDirectories(into);
            if (Files.exists(target)) {
                throw new CliException.Usage(target + ": exists already; choose another --out-dir");
            }
            Path half = Files.createTempFile(into, ".redact", ".tmp");
            try {
                try (OutputStream out = Files.newOutputStream(half)) {
                    redact(redactor, input, out);
                }
                Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new CliException.Usage("--out-dir " + into + ": cannot be written: " + AtomicFile.reason(e));
        }
    }

    private void tell(Map<Kind, Long> counts, long leftOut, boolean namesLost) {
        if (output.json()) {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ObjectNode masked = json.putObject("masked");
            counts.forEach((kind, count) -> masked.put(kind.toString(), count));
            console.err().println(json.put("linesLeftOut", leftOut).put("namesComplete", !namesLost));
            return;
        }
        console.err().println("virga: masked " + (counts.isEmpty()
                ? "nothing"
                : counts.entrySet().stream().map(e -> e.getKey() + " " + e.getValue()).collect(Collectors.joining(", "))));
        if (leftOut > 0) {
            console.err().println("virga: " + leftOut + " lines were too long and left out");
        }
        if (namesLost) {
            console.err().println("virga: there were more names than are kept; some may stand in free text");
        }
    }
}
