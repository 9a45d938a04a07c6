package dev.virga.cli.conformance;

import dev.virga.cli.conformance.Command.Action;
import dev.virga.cli.conformance.Command.Refusal;
import dev.virga.cli.conformance.Command.Source;
import dev.virga.component.ComponentException;
import dev.virga.engine.GuestException;
import dev.virga.engine.ModuleException;
import dev.virga.engine.Trap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One run of a script: executes its commands in order and judges each. */
final class ScriptRun<D, I> {

    private static final long MAX_BINARY = 256L << 20;

    private final Machine<D, I> machine;
    private final Map<String, D> definitions = new HashMap<>();
    private final Map<String, I> instances = new HashMap<>();
    private final Set<I> registered = new HashSet<>();
    private Optional<D> lastDefinition = Optional.empty();
    private Optional<I> current = Optional.empty();
    /** Why there is no current instance. */
    private String missing = "the script has made none yet";
    /** The first feature that the engine lacked; what is missing after that may be missing for it. */
    private Optional<String> lack = Optional.empty();

    ScriptRun(Machine<D, I> machine) {
        this.machine = machine;
    }

    /**
     * Executes a command.
     *
     * @throws OutOfMemoryError if the Java heap is used up
     */
    Outcome execute(Command command) {
        String got;
        try {
            return run(command).<Outcome>map(Outcome.Failed::new).orElseGet(Outcome.Passed::new);
        } catch (ModuleException.Unsupported e) {
            lack = lack.or(() -> Optional.of(e.feature()));
            return new Outcome.Lacking(e.feature(), difference(command, "Unsupported: " + e.getMessage()));
        } catch (MissingException e) {
            return missing(command, e.getMessage());
        } catch (ModuleException.Link e) {
            return missing(command, "Link: " + e.getMessage());
        } catch (Trap e) {
            got = "the trap \"" + e.getMessage() + "\"" + (e.backtrace().isEmpty() ? "" : " at " + e.backtrace());
        } catch (ModuleException | ComponentException e) {
            got = e.getClass().getSimpleName() + ": " + e.getMessage();
        } catch (GuestException e) {
            got = "an uncaught exception of the guest";
        } catch (ScriptException e) {
            got = e.getMessage();
        } catch (NoSuchFileException e) {
            got = "no such file: " + Path.of(e.getFile()).getFileName();
        } catch (IOException e) {
            got = "a file that cannot be read: " + e.getMessage();
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            got = "an internal error: " + e + Failures.firstFrames(e);
        }
        return new Outcome.Failed(difference(command, got));
    }

    private Outcome missing(Command command, String got) {
        Difference difference = difference(command, got);
        return lack.<Outcome>map(feature -> new Outcome.Lacking(feature, difference))
                .orElseGet(() -> new Outcome.Failed(difference));
    }

    private static Difference difference(Command command, String got) {
        return new Difference(Failures.expected(command), got);
    }

    private Optional<Difference> run(Command command) throws IOException {
        switch (command) {
            case Command.Module(int line, Optional<String> name, Source source) -> {
                forget(name, line);
                keep(name, machine.instantiate(machine.define(bytes(source))));
            }
            case Command.Definition(int _, Optional<String> name, Source source) -> {
                lastDefinition = Optional.empty();
                name.ifPresent(definitions::remove);
                D definition = machine.define(bytes(source));
                lastDefinition = Optional.of(definition);
                name.ifPresent(n -> definitions.put(n, definition));
            }
            case Command.Instance(int line, Optional<String> name, Optional<String> definition) -> {
                forget(name, line);
                keep(name, machine.instantiate(definition(definition)));
            }
            case Command.Register(int _, String as, Optional<String> instance) -> {
                registered.add(instance(instance));
                machine.offer(as, instance(instance));
            }
            case Command.Perform(int _, Action action) -> machine.perform(instance(action.instance()), action);
            case Command.AssertReturn(int _, Action action, var expected) -> {
                I instance = instance(action.instance());
                return machine.mismatch(instance, action, machine.perform(instance, action), expected);
            }
            case Command.AssertTrap(int _, Action action, String text) -> {
                try {
                    machine.perform(instance(action.instance()), action);
                } catch (Trap e) {
                    return unless(machine.isExpected(e, text), command, "the trap \"" + e.getMessage() + "\"");
                }
                return unless(false, command, "a return");
            }
            case Command.AssertException(int _, Action action) -> {
                try {
                    machine.perform(instance(action.instance()), action);
                } catch (GuestException e) {
                    return Optional.empty();
                }
                return unless(false, command, "a return");
            }
            case Command.AssertRefused refused -> {
                return assertRefused(refused);
            }
            case Command.Unreadable(int _, String why) -> throw new ScriptException(why);
        }
        return Optional.empty();
    }

    private Optional<Difference> assertRefused(Command.AssertRefused command) throws IOException {
        byte[] bytes = bytes(command.binary());
        Refusal refusal = command.refusal();
        RuntimeException actual;
        try {
            D definition = machine.define(bytes);
            if (refusal == Refusal.UNLINKABLE || refusal == Refusal.UNINSTANTIABLE) {
                machine.instantiate(definition);
            }
            return unless(false, command, "no refusal");
        } catch (ModuleException.Unsupported e) {
            throw e;
        } catch (ModuleException | ComponentException | Trap e) {
            actual = e;
        }
        boolean right = switch (refusal) {
            // Which of the two it is depends on the text format's grammar, which binaries do not have.
            case MALFORMED, INVALID ->
                actual instanceof ModuleException.Malformed
                        || actual instanceof ModuleException.Invalid
                        || actual instanceof ComponentException.Malformed
                        || actual instanceof ComponentException.Invalid;
            case UNLINKABLE -> actual instanceof ModuleException.Link || actual instanceof ComponentException.Link;
            case UNINSTANTIABLE -> actual instanceof Trap trap && machine.isExpected(trap, command.text());
        };
        return unless(right, command, actual.getClass().getSimpleName() + ": " + actual.getMessage());
    }

    private static Optional<Difference> unless(boolean right, Command command, String got) {
        return right ? Optional.empty() : Optional.of(difference(command, got));
    }

    /** What is called after a module that fails must not run on the one before it. */
    private void forget(Optional<String> name, int line) {
        List<I> forgotten = new ArrayList<>(current.stream().toList());
        current = Optional.empty();
        missing = "the module at line " + line + " failed";
        name.map(instances::remove).ifPresent(forgotten::add);
        forgotten.stream()
                .distinct()
                .filter(i -> !instances.containsValue(i) && !registered.contains(i))
                .forEach(machine::release);
    }

    private void keep(Optional<String> name, I instance) {
        current = Optional.of(instance);
        name.ifPresent(n -> {
            instances.put(n, instance);
            if (machine.offersNamed()) {
                machine.offer(n, instance);
            }
        });
    }

    private I instance(Optional<String> name) {
        return name.map(n -> Optional.ofNullable(instances.get(n)))
                .orElse(current)
                .orElseThrow(() -> new MissingException(
                        name.map(n -> "no instance \"" + n + "\"").orElse("no instance: " + missing)));
    }

    private D definition(Optional<String> name) {
        return name.map(n -> Optional.ofNullable(definitions.get(n)))
                .orElse(lastDefinition)
                .orElseThrow(() -> new MissingException(
                        name.map(n -> "no definition \"" + n + "\"").orElse("no definition before")));
    }

    private static byte[] bytes(Source source) throws IOException {
        Path file = source.binary().orElseThrow(() -> new ScriptException(source.name() + " is no binary"));
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new ScriptException(source.name() + " is no file");
        }
        if (Files.size(file) > MAX_BINARY) {
            throw new ScriptException(source.name() + " is larger than " + (MAX_BINARY >> 20) + " MiB");
        }
        return Files.readAllBytes(file);
    }
}
