package dev.virga.plugin.config;

import dev.virga.plugin.Offered;
import dev.virga.wasi.WasiWit;
import dev.virga.wit.Id;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The interfaces that are offered. */
final class Wit {

    static final String SECRETS = "wasmcloud:secrets";

    static final List<Offered<?>> OFFERED = offered();

    private Wit() {}

    private static List<Offered<?>> offered() {
        Resolution wit = WasiWit.interfaces(read("config"), read("secrets"));
        return List.of(
                offer(wit, "wasi:config/store@0.2.0-rc.1", ConfigStore.class, Map.of()),
                offer(wit, SECRETS + "/store@2.1.0", SecretStore.class, Map.of("secret", Secret.class)),
                offer(wit, SECRETS + "/reveal@2.1.0", SecretReveal.class, Map.of()),
                offer(wit, SECRETS + "/secret@2.1.0", OneSecret.class, Map.of()));
    }

    private static <I> Offered<I> offer(
            Resolution wit, String name, Class<I> api, Map<String, Class<?>> resources) {
        return new Offered<>(wit.findInterface(Id.parse(name).orElseThrow()).orElseThrow(), api, resources);
    }

    private static Source read(String file) {
        String path = "/wit/" + file + ".wit";
        try (InputStream in = Wit.class.getResourceAsStream(path)) {
            return Source.of(path, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
