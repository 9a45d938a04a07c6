package dev.virga.engine.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.virga.engine.CoreInstance;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.Extern;
import dev.virga.engine.GuestException;
import dev.virga.engine.Limiter;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleType;
import dev.virga.engine.Store;
import dev.virga.engine.Trap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs one script of the core specification's test suite, in the JSON form that {@code wasm-tools
 * json-from-wast} writes, on an engine.
 */
public final class CoreScript implements AutoCloseable {

    /** How a script went. */
    public record Report(int passed, List<Failure> failures, int skipped) {}

    /** A command that did not go as the script says. */
    public record Failure(String script, int line, String command, String message) {
        @Override
        public String toString() {
            return script + ":" + line + ": " + command + ": " + message;
        }
    }

    /** The command cannot be judged: it is a text that only a text parser could refuse. */
    private static final class Skipped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Skipped() {
            super("skipped", null, false, false);
        }
    }

    private record Linked(CoreModule module, CoreInstance instance) {
        Optional<Extern> export(String name) {
            var index = module.type().exportIndex(name);
            return index.isPresent() ? Optional.of(instance.export(index.getAsInt())) : Optional.empty();
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Engine engine;
    private final Store store;
    private final Map<String, Map<String, Extern>> registered = new HashMap<>();
    private final Map<String, Linked> named = new HashMap<>();
    private final Map<String, CoreModule> definitions = new HashMap<>();
    private Optional<Linked> current = Optional.empty();
    private Optional<CoreModule> definition = Optional.empty();

    private CoreScript(Path folder, Engine engine) {
        this.folder = folder;
        this.engine = engine;
        this.store = engine.newStore(Limiter.UNLIMITED);
        registered.put("spectest", SpecTest.externs(store));
    }

    /** Runs the script of this JSON file. */
    public static Report run(Path script, Engine engine) {
        JsonNode commands;
        try {
            commands = JSON.readTree(script.toFile()).get("commands");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        int passed = 0;
        int skipped = 0;
        List<Failure> failures = new ArrayList<>();
        try (CoreScript run = new CoreScript(script.getParent(), engine)) {
            for (JsonNode command : commands) {
                try {
                    run.command(command);
                    passed++;
                } catch (Skipped e) {
                    skipped++;
                } catch (RuntimeException | Error | ReflectiveOperationException e) {
                    failures.add(new Failure(
                            script.getFileName().toString(), command.get("line").asInt(),
                            command.get("type").asText(), e.toString()));
                }
            }
        }
        return new Report(passed, failures, skipped);
    }

    @Override
    public void close() {
        store.close();
    }

    private void command(JsonNode command) throws ReflectiveOperationException {
        switch (command.get("type").asText()) {
            case "module" -> {
                current = Optional.empty();
                Linked linked = instantiate(engine.compile(binary(command)));
                current = Optional.of(linked);
                name(command, "name").ifPresent(name -> named.put(name, linked));
            }
            case "module_definition" -> {
                CoreModule module = engine.compile(binary(command));
                definition = Optional.of(module);
                name(command, "name").ifPresent(name -> definitions.put(name, module));
            }
            case "module_instance" -> {
                Linked linked = instantiate(name(command, "module").map(definitions::get)
                        .or(() -> definition).orElseThrow());
                current = Optional.of(linked);
                name(command, "instance").ifPresent(name -> named.put(name, linked));
            }
            case "register" -> register(command.get("as").asText(), linked(name(command, "name")));
            case "action" -> act(command.get("action"));
            case "assert_return" -> Values.check(command.get("expected"), act(command.get("action")));
            case "assert_trap", "assert_exhaustion" -> expectTrap(command, () -> act(command.get("action")));
            case "assert_exception" -> expect(GuestException.class, () -> act(command.get("action")));
            case "assert_invalid" -> expectRefused(command, ModuleException.Invalid.class);
            case "assert_malformed" -> expectRefused(command, ModuleException.Malformed.class);
            case "assert_unlinkable" -> {
                CoreModule module = engine.compile(binary(command));
                expect(ModuleException.Link.class, () -> instantiate(module));
            }
            case "assert_uninstantiable" -> {
                CoreModule module = engine.compile(binary(command));
                expectTrap(command, () -> instantiate(module));
            }
            default -> throw new IllegalArgumentException("unknown command");
        }
    }

    private static Optional<String> name(JsonNode command, String field) {
        return Optional.ofNullable(command.get(field)).map(JsonNode::asText);
    }

    private byte[] binary(JsonNode command) {
        String file = command.get("module_type").asText().equals("binary")
                ? command.get("filename").asText()
                : name(command, "binary_filename").orElseThrow(Skipped::new);
        try {
            return Files.readAllBytes(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Linked linked(Optional<String> name) {
        return name.map(named::get).or(() -> current)
                .orElseThrow(() -> new IllegalStateException("the module of this command failed"));
    }

    private void register(String as, Linked linked) {
        Map<String, Extern> externs = new HashMap<>();
        List<ModuleType.Export> exports = linked.module().type().exports();
        for (int i = 0; i < exports.size(); i++) {
            externs.put(exports.get(i).name(), linked.instance().export(i));
        }
        registered.put(as, externs);
    }

    private Linked instantiate(CoreModule module) {
        List<Extern> imports = new ArrayList<>();
        for (ModuleType.Import wanted : module.type().imports()) {
            Extern extern = registered.getOrDefault(wanted.module(), Map.of()).get(wanted.name());
            if (extern == null) {
                throw new ModuleException.Link("unknown import " + wanted.module() + "." + wanted.name());
            }
            imports.add(extern);
        }
        return new Linked(module, module.instantiate(store, imports));
    }

    private List<Object> act(JsonNode action) {
        Linked target = linked(name(action, "module"));
        String field = action.get("field").asText();
        Extern extern = target.export(field)
                .orElseThrow(() -> new IllegalStateException("no export " + field));
        if (action.get("type").asText().equals("get")) {
            return Arrays.asList(((Extern.Global) extern).get());
        }
        Extern.Func function = (Extern.Func) extern;
        List<Object> arguments = new ArrayList<>();
        action.get("args").forEach(value -> arguments.add(Values.read(value)));
        return Values.results(function.type(), call(function, arguments));
    }

    private static Object call(Extern.Func function, List<Object> arguments) {
        try {
            return function.handle().invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Step {
        void run() throws ReflectiveOperationException;
    }

    private static <T extends RuntimeException> T expect(Class<T> wanted, Step step)
            throws ReflectiveOperationException {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (wanted.isInstance(e)) {
                return wanted.cast(e);
            }
            throw e;
        }
        throw new AssertionError("no " + wanted.getSimpleName());
    }

    private static void expectTrap(JsonNode command, Step step) throws ReflectiveOperationException {
        Trap trap = expect(Trap.class, step);
        String wanted = command.get("text").asText();
        if (!Values.sameTrap(wanted, trap)) {
            throw new AssertionError("wanted \"" + wanted + "\", got \"" + trap.getMessage() + "\"");
        }
    }

    /** Whether a broken module counts as malformed or as invalid is no matter of safety, but checked. */
    private void expectRefused(JsonNode command, Class<? extends ModuleException> wanted)
            throws ReflectiveOperationException {
        byte[] binary = binary(command);
        ModuleException refused = expect(ModuleException.class, () -> engine.compile(binary));
        if (refused instanceof ModuleException.Unsupported) {
            throw refused;
        }
        if (!(refused instanceof ModuleException.Malformed) && !(refused instanceof ModuleException.Invalid)) {
            throw new AssertionError("wanted " + wanted.getSimpleName() + ", got " + refused);
        }
    }
}
