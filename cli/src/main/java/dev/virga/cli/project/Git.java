package dev.virga.cli.project;

import dev.virga.cli.CliException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The user's git while it runs. */
record Git(Process process, Path errors) implements AutoCloseable {

    private static final int MOST_COMPLAINT = 2000;

    /** @throws CliException.Failed if there is no git */
    static Git start(Path repository, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "git", "-c", "core.hooksPath=/dev/null", "-c", "protocol.ext.allow=never", "-c", "gc.auto=0", "--git-dir=."));
        command.addAll(arguments);
        Path errors = repository.resolve("errors-of-" + arguments.getFirst());
        try {
            return new Git(
                    new ProcessBuilder(command)
                            .directory(repository.toFile())
                            .redirectError(errors.toFile())
                            .start(),
                    errors);
        } catch (IOException e) {
            throw new CliException.Failed(
                    "git is not here, and a template of a git repository needs it: install it, for example with"
                            + " `apt install git`, or take one of the templates of `virga new`");
        }
    }

    /** What it says on its standard error, on one line. */
    String complaint() throws IOException {
        String text = Files.size(errors) > MOST_COMPLAINT
                ? "see `git fetch` of the same"
                : Files.readString(errors, StandardCharsets.UTF_8).strip();
        return text.replaceAll("\\s*\\R\\s*", "; ");
    }

    @Override
    public void close() {
        process.destroy();
    }
}
