package dev.virga.cli.project;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.cli.GuestFile;
import dev.virga.engine.BinaryReader;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleType;
import dev.virga.engine.ModuleTypeReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Makes a command for WASI preview 1 a component: the module takes the place of the first one in a component that was
 * made beforehand around an empty one, with an adapter from preview 1 to WASI 0.2 ({@code src/main/preview1}).
 */
final class CoreWrapper {

    private static final String PREVIEW_1 = "wasi_snapshot_preview1";
    private static final int PREAMBLE = 8;
    private static final int CORE_MODULE = 1;

    private CoreWrapper() {}

    /** @throws CliException.Failed if it is another kind of module, saying what makes it a component */
    static GuestFile wrap(GuestFile module) {
        ModuleType type = type(module);
        Optional<String> other = type.imports().stream()
                .filter(i -> !i.module().equals(PREVIEW_1))
                .map(i -> "it imports " + i.module() + " " + i.name())
                .findFirst()
                .or(() -> Optional.of("it exports no _start").filter(_ -> !exports(type, "_start")))
                .or(() -> Optional.of("it exports no memory").filter(_ -> !exports(type, "memory")));
        if (other.isPresent()) {
            throw new CliException.Failed(module.name() + ": a core module, and no command for WASI preview 1, for "
                    + dev.virga.wasi.Harmless.text(other.get()) + "; add to build.command what makes it a component, for"
                    + " example `wasm-tools component new FILE -o FILE` (install it: cargo install wasm-tools), with"
                    + " `--adapt` and wasi_snapshot_preview1.reactor.wasm of wasmtime's releases if it imports preview 1");
        }
        return new GuestFile(module.name(), spliced(template(), module.bytes()));
    }

    private static ModuleType type(GuestFile module) {
        try {
            return ModuleTypeReader.read(module.bytes());
        } catch (ModuleException e) {
            throw module.refused(e);
        }
    }

    private static boolean exports(ModuleType type, String name) {
        return type.exports().stream().anyMatch(e -> e.name().equals(name));
    }

    private static byte[] template() {
        try (InputStream in = CoreWrapper.class.getResourceAsStream("preview1-command.wasm")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new CliException.Failed("the adapter for preview 1 cannot be read: " + e);
        }
    }

    /** The component with another module in the place of its first one. */
    private static byte[] spliced(byte[] component, byte[] module) {
        BinaryReader in = new BinaryReader(component, 0, component.length);
        in.skip(PREAMBLE);
        int start = PREAMBLE;
        while (in.u8() != CORE_MODULE) {
            in.skip(in.u32());
            start = in.position();
        }
        in.skip(in.u32());
        ByteArrayOutputStream out = new ByteArrayOutputStream(component.length + module.length);
        out.write(component, 0, start);
        out.write(CORE_MODULE);
        for (int left = module.length; ; left >>>= 7) { // LEB128
            out.write(left > 0x7f ? left & 0x7f | 0x80 : left);
            if (left <= 0x7f) {
                break;
            }
        }
        out.writeBytes(module);
        out.write(component, in.position(), component.length - in.position());
        return out.toByteArray();
    }

    /** @throws CliException.Failed if the file cannot be written */
    static void replace(Path file, byte[] component) {
        try {
            AtomicFile.write(file, component);
        } catch (IOException e) {
            throw new CliException.Failed(file + ": cannot be written: " + AtomicFile.reason(e));
        }
    }
}
