package dev.virga.wasi;

import dev.virga.wit.Features;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import dev.virga.wit.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The interfaces of WASI 0.2 as this host has them, with every {@code @unstable} feature. They are
 * parsed when the first one is asked for: all at once, since a host offers nearly all of them.
 */
public final class WasiWit {

    public static final Version VERSION = Version.parse("0.2.12").orElseThrow();

    private static final List<String> PACKAGES =
            List.of("io", "clocks", "random", "cli", "filesystem", "sockets", "http");

    private WasiWit() {}

    /** Made by the first thread that needs it. */
    private static final class Interfaces {
        static final Resolution RESOLVED = Resolution.of(
                Features.ALL, PACKAGES.stream().map(p -> List.of(read(p))).toList());
    }

    /** @param name without the version, for example {@code wasi:io/poll} */
    public static Interface interfaceOf(String name) {
        return Id.parse(name + "@" + VERSION)
                .flatMap(Interfaces.RESOLVED::findInterface)
                .orElseThrow(() -> new IllegalArgumentException("WASI 0.2 has no interface " + name));
    }

    /** All packages, with their worlds too; parsed anew. */
    public static Resolution everything() {
        return Resolution.of(
                Features.ALL, PACKAGES.stream().map(p -> List.of(read(p), read("worlds/" + p))).toList());
    }

    /**
     * The interfaces of other packages that may {@code use} those of WASI: both then share their resources.
     *
     * @throws dev.virga.wit.WitException if a file is malformed or does not fit
     */
    public static Resolution interfaces(Source... files) {
        List<List<Source>> folders = new ArrayList<>();
        PACKAGES.forEach(p -> folders.add(List.of(read(p))));
        List.of(files).forEach(file -> folders.add(List.of(file)));
        return Resolution.of(Features.ALL, folders);
    }

    private static Source read(String file) {
        String path = "/wit/" + file + ".wit";
        try (InputStream in = WasiWit.class.getResourceAsStream(path)) {
            return Source.of(path, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
