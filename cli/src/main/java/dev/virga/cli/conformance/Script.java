package dev.virga.cli.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The commands of a script, and whether it is about components. */
record Script(List<Command> commands, boolean components) {

    /** The layer field of a component's preamble (Binary, "Component Definitions"). */
    private static final byte[] COMPONENT_LAYER = {1, 0};

    static Script of(List<Command> commands) {
        return new Script(List.copyOf(commands), isAboutComponents(commands));
    }

    /**
     * What is to be used tells; where nothing is, what must be refused. The core suite refuses modules
     * with a component's preamble.
     */
    private static boolean isAboutComponents(List<Command> commands) {
        List<Path> used = commands.stream().flatMap(c -> used(c).stream()).toList();
        List<Path> telling = used.isEmpty()
                ? commands.stream().flatMap(c -> c.source().flatMap(Command.Source::binary).stream()).toList()
                : used;
        return telling.stream().anyMatch(Script::hasComponentPreamble);
    }

    private static Optional<Path> used(Command command) {
        boolean refused = command instanceof Command.AssertRefused r
                && (r.refusal() == Command.Refusal.MALFORMED || r.refusal() == Command.Refusal.INVALID);
        return refused ? Optional.empty() : command.source().flatMap(Command.Source::binary);
    }

    private static boolean hasComponentPreamble(Path binary) {
        try (InputStream in = Files.newInputStream(binary)) {
            byte[] head = in.readNBytes(8);
            return head.length == 8 && head[6] == COMPONENT_LAYER[0] && head[7] == COMPONENT_LAYER[1];
        } catch (IOException e) {
            return false; // the command that needs it fails
        }
    }
}
