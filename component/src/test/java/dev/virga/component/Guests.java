package dev.virga.component;

import dev.virga.engine.CoreModule;
import dev.virga.engine.Engine;
import dev.virga.engine.portable.PortableEngine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The components under src/test/resources/guests. Their sources lie beside them: {@code wasm-tools
 * parse NAME.wat -o NAME.wasm} makes one.
 */
public final class Guests {

    public static final Engine ENGINE = new PortableEngine(Optional.empty());

    private Guests() {}

    public static Component load(String name) {
        return Component.load(ENGINE, bytes(name));
    }

    public static byte[] bytes(String name) {
        try (InputStream in = Guests.class.getResourceAsStream("/guests/" + name + ".wasm")) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static CoreModule module(String hex) {
        return ENGINE.compile(HexFormat.of().parseHex(hex));
    }
}
