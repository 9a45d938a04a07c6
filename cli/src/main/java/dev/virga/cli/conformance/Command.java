package dev.virga.cli.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One command of a script, with its line in the {@code .wast} file that it came from. */
sealed interface Command {

    int line();

    /** A binary beside the script. Without one, the module stands only as text, which is not read. */
    record Source(String name, Optional<Path> binary) {}

    /** What a command calls or reads. */
    record Action(boolean get, Optional<String> instance, String field, List<JsonNode> args) {}

    /** Defines a module or component and makes an instance of it, the current one from here on. */
    record Module(int line, Optional<String> name, Source binary) implements Command {}

    /** Defines a module or component for later {@link Instance} commands. */
    record Definition(int line, Optional<String> name, Source binary) implements Command {}

    record Instance(int line, Optional<String> name, Optional<String> definition) implements Command {}

    /** Offers an instance's exports to what is defined later. */
    record Register(int line, String as, Optional<String> instance) implements Command {}

    record Perform(int line, Action action) implements Command {}

    record AssertReturn(int line, Action action, List<JsonNode> expected) implements Command {}

    /** A trap, the exhaustion of the stack included. */
    record AssertTrap(int line, Action action, String text) implements Command {}

    record AssertException(int line, Action action) implements Command {}

    /** Why a module or component must be refused. */
    enum Refusal {
        MALFORMED, INVALID, UNLINKABLE, UNINSTANTIABLE;

        @Override
        public String toString() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    record AssertRefused(int line, Refusal refusal, Source binary, String text) implements Command {}

    /** Something that is no command, or none that Virga knows. */
    record Unreadable(int line, String why) implements Command {}

    /** The module or component that it is about, if it brings one. */
    default Optional<Source> source() {
        return switch (this) {
            case Module m -> Optional.of(m.binary);
            case Definition d -> Optional.of(d.binary);
            case AssertRefused r -> Optional.of(r.binary);
            default -> Optional.empty();
        };
    }
}
