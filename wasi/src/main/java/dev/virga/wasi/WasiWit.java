package dev.virga.wasi;

import dev.virga.wit.Features;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.PackageName;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import dev.virga.wit.Version;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The interfaces of WASI 0.2 as this host has them, with every {@code @unstable} feature. A package
 * is parsed when one of its interfaces is first asked for, together with those that it depends on.
 */
public final class WasiWit {

    public static final Version VERSION = Version.parse("0.2.12").orElseThrow();

    /** The packages, with those whose types their interfaces use. */
    private enum Pack {
        IO(),
        RANDOM(),
        CLOCKS(IO),
        CLI(IO),
        FILESYSTEM(IO, CLOCKS),
        SOCKETS(IO, CLOCKS),
        HTTP(IO, CLOCKS);

        private final List<Pack> dependencies;

        Pack(Pack... dependencies) {
            this.dependencies = List.of(dependencies);
        }

        PackageName packageName() {
            return new PackageName("wasi", fileName(), Optional.of(VERSION));
        }

        String fileName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Map<Pack, Resolution> RESOLVED = new EnumMap<>(Pack.class);

    private WasiWit() {}

    /** @param name without the version, for example {@code wasi:io/poll} */
    public static Interface interfaceOf(String name) {
        Id id = Id.parse(name + "@" + VERSION).orElseThrow(() -> unknown(name));
        for (Pack pack : Pack.values()) {
            if (pack.packageName().equals(id.packageName())) {
                return resolved(pack).findInterface(id).orElseThrow(() -> unknown(name));
            }
        }
        throw unknown(name);
    }

    private static IllegalArgumentException unknown(String name) {
        return new IllegalArgumentException("WASI 0.2 has no interface " + name);
    }

    private static synchronized Resolution resolved(Pack pack) {
        return RESOLVED.computeIfAbsent(pack, p -> {
            Set<Pack> needed = EnumSet.of(p);
            needed.addAll(p.dependencies);
            return Resolution.of(Features.ALL, needed.stream().map(n -> List.of(read(n.fileName()))).toList());
        });
    }

    /** All packages, with their worlds; parsed anew. */
    public static Resolution everything() {
        return Resolution.of(Features.ALL, EnumSet.allOf(Pack.class).stream()
                .map(p -> List.of(read(p.fileName()), read("worlds/" + p.fileName())))
                .toList());
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
