package dev.virga.cli;

import dev.virga.component.ComponentException;
import dev.virga.component.ComponentLoader;
import dev.virga.component.ComponentLoader.Loaded;
import dev.virga.component.compose.Part;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleType;
import dev.virga.engine.ModuleTypeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The file that a command was given.
 *
 * @param name as given, for messages
 */
public record GuestFile(String name, byte[] bytes) {

    private static final int LONGEST = 256 << 20;
    private static final byte[] MAGIC = {0, 'a', 's', 'm'};
    private static final int PREAMBLE = 8;
    private static final int LAYER = 6;
    private static final String PREVIEW_1 = "wasi_snapshot_preview1";

    /** @throws CliException.Usage if the file cannot be read or is too long to be held */
    public static GuestFile read(Path path) {
        if (Files.isDirectory(path)) {
            throw new CliException.Usage(path + ": a directory, not a component");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(Files.size(path) > LONGEST ? 0 : LONGEST);
            // what is no regular file has no size beforehand
            if (in.read() >= 0) {
                throw new CliException.Usage(path + ": longer than " + (LONGEST >> 20) + " MiB, which no component may be");
            }
            return new GuestFile(path.toString(), bytes);
        } catch (NoSuchFileException e) {
            throw new CliException.Usage(path + ": no such file");
        } catch (IOException e) {
            throw new CliException.Usage(path + ": cannot be read: " + e.getMessage());
        }
    }

    /** Whether the preamble is that of a core module. */
    public boolean isCoreModule() {
        return isWebAssembly() && bytes[LAYER] == 0;
    }

    /** Whether it begins as WebAssembly does. */
    public boolean isWebAssembly() {
        return bytes.length >= PREAMBLE && java.util.Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Decodes, validates and compiles the component.
     *
     * @throws CliException.Failed if it is none, or cannot be used
     */
    public Loaded load(ComponentLoader loader) {
        return use(() -> loader.load(bytes));
    }

    /** As {@link #load}, but as {@link ComponentLoader#loadSoon} does. */
    public Loaded loadSoon(ComponentLoader loader) {
        return use(() -> loader.loadSoon(bytes));
    }

    /**
     * Decodes and validates the component, to compose it with others.
     *
     * @throws CliException.Failed if it is none
     */
    public Part part() {
        return use(() -> Part.of(name, bytes));
    }

    private <T> T use(Supplier<T> as) {
        if (isCoreModule()) {
            throw new CliException.Failed(name + ": " + coreModuleHint());
        }
        requireComponent();
        try {
            return as.get();
        } catch (ComponentException | ModuleException e) {
            throw refused(e);
        }
    }

    /** @throws CliException.Failed if the file does not begin as WebAssembly does */
    public void requireComponent() {
        if (!isWebAssembly()) {
            throw new CliException.Failed(name + ": " + noWasmHint());
        }
    }

    /** In words: why the component or a module in it was refused. */
    public CliException.Failed refused(RuntimeException e) {
        String why = switch (e) {
            case ComponentException.Malformed _ -> "damaged or truncated: ";
            case ComponentException.Invalid _ -> "invalid component: ";
            case ModuleException _ when isCoreModule() -> "damaged or invalid module: ";
            case ModuleException _ -> "a core module in it cannot be used: ";
            default -> "";
        };
        return new CliException.Failed(name + ": " + why + e.getMessage());
    }

    /** What to do with a core module. */
    public String coreModuleHint() {
        return usesPreview1()
                ? "a core module for WASI preview 1, not a component; build it for wasm32-wasip2, or wrap it: "
                        + "`wasm-tools component new " + name + " --adapt wasi_snapshot_preview1.command.wasm -o OUT.wasm`"
                : "a core module, not a component; build it for wasm32-wasip2, or wrap it with "
                        + "`wasm-tools component new " + name + " -o OUT.wasm`";
    }

    private boolean usesPreview1() {
        try {
            return ModuleTypeReader.read(bytes).imports().stream()
                    .map(ModuleType.Import::module)
                    .anyMatch(PREVIEW_1::equals);
        } catch (ModuleException e) {
            return false;
        }
    }

    private String noWasmHint() {
        if (bytes.length < PREAMBLE) {
            return "not WebAssembly: only " + bytes.length + " bytes long";
        }
        return bytes[0] == '('
                ? "WebAssembly text, not a binary; make one with `wasm-tools parse " + name + " -o OUT.wasm`"
                : "not WebAssembly: it does not begin with \\0asm";
    }
}
