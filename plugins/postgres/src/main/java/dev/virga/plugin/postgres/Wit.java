package dev.virga.plugin.postgres;

import dev.virga.plugin.Offered;
import dev.virga.wasi.WasiWit;
import dev.virga.wit.Id;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The interfaces that are offered. */
final class Wit {

    static final String PACKAGE = "wasmcloud:postgres";

    static final List<Offered<?>> OFFERED = offered();

    private Wit() {}

    /** Has types only, and is never called. */
    interface Types {}

    private static List<Offered<?>> offered() {
        String path = "/wit/postgres.wit";
        try (InputStream in = Wit.class.getResourceAsStream(path)) {
            Resolution wit = WasiWit.interfaces(Source.of(path, in.readAllBytes()));
            return List.of(
                    offer(wit, "types", Types.class),
                    offer(wit, "query", Query.class),
                    offer(wit, "prepared", Prepared.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <I> Offered<I> offer(Resolution wit, String name, Class<I> api) {
        Id id = Id.parse(PACKAGE + "/" + name + "@0.1.1-draft").orElseThrow();
        return new Offered<>(wit.findInterface(id).orElseThrow(), api);
    }
}
