package dev.virga.engine.nativecode;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * The code generator: its WebAssembly module, and the machine code that it made of itself. Both are
 * checked against the digests that were written down when they were made (compiler/images.sh).
 */
final class Images {

    private static final String MODULE = "compiler.wasm";
    private static final String DIGESTS = "digests.txt";

    private Images() {}

    private static final class Generator {
        static final NativeModule MODULE_HERE = new NativeModule(
                new NativeEngine(Optional.empty()),
                module(),
                Compiled.of(Artifact.decode(ByteBuffer.wrap(image(Platform.current().image())))));
    }

    /** The code generator, ready to be instantiated. */
    static NativeModule generator() {
        return Generator.MODULE_HERE;
    }

    /** Stands for the code generator in the keys of caches. */
    static String digest() {
        return wanted(MODULE);
    }

    static byte[] module() {
        return checked(MODULE);
    }

    /** An {@link Artifact} in its encoded form. */
    static byte[] image(Platform platform) {
        return checked(imageName(platform));
    }

    static String imageName(Platform platform) {
        return "compiler-" + platform.architecture() + ".image";
    }

    private static byte[] checked(String name) {
        byte[] content = unzip(Resources.read(name + ".gz"));
        if (!wanted(name).equals(digest(content))) {
            throw new IllegalStateException("the installation is damaged: " + name + " has another digest than "
                    + DIGESTS + " says; install Virga again");
        }
        return content;
    }

    private static byte[] unzip(byte[] zipped) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(zipped), 1 << 16)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String wanted(String name) {
        return new String(Resources.read(DIGESTS), java.nio.charset.StandardCharsets.UTF_8).lines()
                .filter(line -> line.endsWith(" " + name))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the installation is incomplete: no digest of " + name));
    }

    static String digest(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
