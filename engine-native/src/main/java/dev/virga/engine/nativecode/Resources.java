package dev.virga.engine.nativecode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The binary files that come with this module. */
final class Resources {

    private Resources() {}

    static byte[] read(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the installation is incomplete: " + name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
