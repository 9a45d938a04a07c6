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
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** One run of a script: executes its commands in order and judges each. */
final class ScriptRun<D, I> {

    private final Machine<D, I> machine;
    private final Map<String, D> definitions = new HashMap<>();
    private final Map<String, I> instances = new HashMap<>();
    private Optional<D> lastDefinition = Optional.empty();
    private Optional<I> current = Optional.empty();

    ScriptRun(Machine<D, I> machine) {
        this.machine = machine;
    }

    /** Executes a command; what is wrong, if anything. */
    Optional<String> execute(Command command) {
        try {
            return switch (command) {
                case Command.Module(int _, Optional<String> name, Source source) -> {
                    current = Optional.empty();
                    name.ifPresent(instances::remove);
                    keep(name, machine.instantiate(machine.define(bytes(source))));
                    yield Optional.empty();
                }
                case Command.Definition(int _, Optional<String> name, Source source) -> {
                    D definition = machine.define(bytes(source));
                    lastDefinition = Optional.of(definition);
                    name.ifPresent(n -> definitions.put(n, definition));
                    yield Optional.empty();
                }
                case Command.Instance(int _, Optional<String> name, Optional<String> definition) -> {
                    current = Optional.empty();
                    name.ifPresent(instances::remove);
                    keep(name, machine.instantiate(definition(definition)));
                    yield Optional.empty();
                }
                case Command.Register(int _, String as, Optional<String> instance) -> {
                    machine.offer(as, instance(instance));
                    yield Optional.empty();
                }
                case Command.Perform(int _, Action action) -> {
                    machine.perform(instance(action.instance()), action);
                    yield Optional.empty();
                }
                case Command.AssertReturn(int _, Action action, var expected) -> {
                    I instance = instance(action.instance());
                    yield machine.mismatch(instance, action, machine.perform(instance, action), expected);
                }
                case Command.AssertTrap(int _, Action action, String text) -> assertTrap(action, text);
                case Command.AssertExhaustion(int _, Action action, String text) -> assertTrap(action, text);
                case Command.AssertException(int _, Action action) -> assertException(action);
                case Command.AssertRefused(int _, Refusal refusal, Source source, String text) ->
                    assertRefused(refusal, source, text);
            };
        } catch (Trap e) {
            return Optional.of("trap: " + e.getMessage() + (e.backtrace().isEmpty() ? "" : " at " + e.backtrace()));
        } catch (ModuleException | ComponentException | GuestException | ScriptException e) {
            return Optional.of(describe(e));
        } catch (IOException e) {
            return Optional.of("the script's binary cannot be read: " + e.getMessage());
        } catch (RuntimeException | Error e) {
            return Optional.of("internal error: " + describe(e) + Failures.firstFrames(e));
        }
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

    private Optional<String> assertTrap(Action action, String text) {
        I instance = instance(action.instance());
        try {
            machine.perform(instance, action);
        } catch (Trap e) {
            return machine.isExpected(e, text)
                    ? Optional.empty()
                    : Optional.of("expected the trap \"" + text + "\", got \"" + e.getMessage() + "\"");
        }
        return Optional.of("expected the trap \"" + text + "\", but it returned");
    }

    private Optional<String> assertException(Action action) {
        I instance = instance(action.instance());
        try {
            machine.perform(instance, action);
        } catch (GuestException e) {
            return Optional.empty();
        }
        return Optional.of("expected an uncaught exception, but it returned");
    }

    private Optional<String> assertRefused(Refusal refusal, Source source, String text) throws IOException {
        byte[] bytes = bytes(source);
        RuntimeException actual;
        try {
            D definition = machine.define(bytes);
            if (refusal == Refusal.UNLINKABLE || refusal == Refusal.UNINSTANTIABLE) {
                machine.instantiate(definition);
            }
            return Optional.of("accepted, but it is " + name(refusal) + ": " + text);
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
            case UNINSTANTIABLE -> actual instanceof Trap trap && machine.isExpected(trap, text);
        };
        return right
                ? Optional.empty()
                : Optional.of("expected it to be " + name(refusal) + " (" + text + "), got " + describe(actual));
    }

    private static String name(Refusal refusal) {
        return refusal.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static String describe(Throwable e) {
        return e.getClass().getSimpleName() + ": " + e.getMessage();
    }

    private I instance(Optional<String> name) {
        return name.map(n -> Optional.ofNullable(instances.get(n)))
                .orElse(current)
                .orElseThrow(() -> new ScriptException(
                        name.map(n -> "no instance \"" + n + "\"").orElse("no current instance")));
    }

    private D definition(Optional<String> name) {
        return name.map(n -> Optional.ofNullable(definitions.get(n)))
                .orElse(lastDefinition)
                .orElseThrow(() -> new ScriptException(
                        name.map(n -> "no definition \"" + n + "\"").orElse("no definition before")));
    }

    private static byte[] bytes(Source source) throws IOException {
        return Files.readAllBytes(
                source.binary().orElseThrow(() -> new ScriptException(source.name() + " is no binary")));
    }
}
