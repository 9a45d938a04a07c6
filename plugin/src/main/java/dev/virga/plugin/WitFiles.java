package dev.virga.plugin;

import dev.virga.wasi.WasiWit;
import dev.virga.wit.Id;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.stream.Stream;

/** The interfaces in a plugin's own files. They may {@code use} those of WASI. */
public final class WitFiles {

    private final Resolution resolution;

    /**
     * @param owner a class of the plugin
     * @param names of its resources {@code /wit/NAME.wit}
     * @throws dev.virga.wit.WitException if a file is malformed
     */
    public WitFiles(Class<?> owner, String... names) {
        this.resolution = WasiWit.interfaces(
                Stream.of(names).map(name -> read(owner, "/wit/" + name + ".wit")).toArray(Source[]::new));
    }

    private static Source read(Class<?> owner, String path) {
        try (InputStream in = owner.getResourceAsStream(path)) {
            return Source.of(path, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param name with its version, for example {@code wasi:logging/logging@0.1.0-draft} */
    public <I> Offered<I> offer(String name, Class<I> api) {
        return offer(name, api, Map.of());
    }

    /** @param resources the Java classes of the resources that the interface defines */
    public <I> Offered<I> offer(String name, Class<I> api, Map<String, Class<?>> resources) {
        return new Offered<>(
                Id.parse(name).flatMap(resolution::findInterface).orElseThrow(), api, resources);
    }
}
