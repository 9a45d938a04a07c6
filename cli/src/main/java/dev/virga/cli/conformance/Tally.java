package dev.virga.cli.conformance;

import dev.virga.cli.MemoryLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Counts how the commands of one script go, while they run. */
final class Tally {

    static final String HEAP_USED_UP = "the heap of the Java process used up";

    private final String engine;
    private final ScriptFile file;
    private final List<Command> commands;
    private final OptionalInt line;
    private final MemoryLimit memory;
    private final List<ScriptResult.Failure> failures = new ArrayList<>();
    private final List<ScriptResult.Skip> skips = new ArrayList<>();
    private int passed;
    private int done;
    private boolean lacking;
    private Optional<String> stopped = Optional.empty();

    /**
     * @param engine its name
     * @param line the only line whose commands count; those before it run too, as it may need them
     */
    Tally(String engine, ScriptFile file, Script script, OptionalInt line, MemoryLimit memory) {
        this.engine = engine;
        this.file = file;
        this.line = line;
        this.memory = memory;
        this.commands = script.commands().stream()
                .filter(c -> line.isEmpty() || c.line() <= line.getAsInt())
                .toList();
    }

    /** Runs the commands, until there are no more or {@link #stop} is called. */
    void countAll(ScriptRun<?, ?> run) {
        try {
            for (Command command : commands) {
                Optional<String> skip = Gates.reason(engine, file, command);
                Outcome outcome = skip.isPresent() ? new Outcome.Passed() : run.execute(command);
                if (!count(command, skip, outcome)) {
                    return;
                }
            }
        } catch (OutOfMemoryError e) {
            stop(HEAP_USED_UP);
        }
    }

    /** Whether to go on. */
    private synchronized boolean count(Command command, Optional<String> skip, Outcome outcome) {
        if (stopped.isPresent()) {
            return false;
        }
        done++;
        if (!isCounted(command)) {
            return true;
        }
        if (skip.isPresent()) {
            skips.add(new ScriptResult.Skip(command.line(), skip.get()));
            return true;
        }
        switch (outcome) {
            case Outcome.Passed _ -> passed++;
            case Outcome.Failed(Difference difference) -> fail(command, difference.expected(), difference.got());
            case Outcome.Lacking(String feature, Difference _) when Gates.lacks(engine, feature) -> {
                lacking = true;
                skips.add(new ScriptResult.Skip(command.line(), engine + " engine: no " + feature));
            }
            case Outcome.Lacking(String _, Difference difference) ->
                fail(command, difference.expected(), difference.got());
        }
        return true;
    }

    /** Whether commands were skipped for a feature that the engine is known to lack. */
    synchronized boolean isLacking() {
        return lacking;
    }

    private boolean isCounted(Command command) {
        return line.isEmpty() || command.line() == line.getAsInt();
    }

    private void fail(Command command, String expected, String got) {
        String note = memory.refused() ? "; the script has been refused memory (--max-memory)" : "";
        failures.add(new ScriptResult.Failure(command.line(), new Difference(expected, got + note)));
    }

    /** Lets the command that runs fail, and all that come behind it, for this reason. */
    synchronized void stop(String why) {
        if (stopped.isEmpty()) {
            stopped = Optional.of(why);
        }
    }

    synchronized ScriptResult result() {
        String prefix = "";
        for (Command command : commands.subList(done, commands.size())) {
            if (isCounted(command)) {
                fail(command, Failures.expected(command), prefix + stopped.orElseThrow());
            }
            prefix = "not run: ";
        }
        return new ScriptResult(file, passed, failures, skips);
    }
}
