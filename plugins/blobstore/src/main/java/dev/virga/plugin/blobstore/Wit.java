package dev.virga.plugin.blobstore;

import dev.virga.plugin.Offered;
import dev.virga.wasi.WasiWit;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** The interfaces and the classes that implement them. */
final class Wit {

    private static final Resolution RESOLVED =
            WasiWit.interfaces(read("/wit/blobstore.wit"), read("/wit/wasmcloud.wit"));

    static final List<Offered<?>> OFFERED = List.of(
            new Offered<>(
                    find("wasi:blobstore/types@0.2.0-draft"),
                    BlobTypes.class,
                    Map.of("outgoing-value", OutgoingValue.class, "incoming-value", IncomingValue.class)),
            new Offered<>(
                    find("wasi:blobstore/container@0.2.0-draft"),
                    Containers.class,
                    Map.of("container", Container.class, "stream-object-names", ObjectNames.class)),
            new Offered<>(find("wasi:blobstore/blobstore@0.2.0-draft"), Blobstore.class),
            new Offered<>(find("wasmcloud:blobstore/types@0.1.0"), AsyncTypes.class),
            new Offered<>(
                    find("wasmcloud:blobstore/container@0.1.0"),
                    AsyncContainers.class,
                    Map.of("container", AsyncContainer.class)),
            new Offered<>(find("wasmcloud:blobstore/blobstore@0.1.0"), AsyncBlobstore.class));

    private Wit() {}

    static Object implementation(Class<?> api, BlobSession session) {
        if (api == BlobTypes.class) {
            return new BlobTypes(session);
        } else if (api == Blobstore.class) {
            return new Blobstore(session);
        } else if (api == AsyncBlobstore.class) {
            return new AsyncBlobstore(session);
        } else if (api == Containers.class) {
            return new Containers();
        } else if (api == AsyncContainers.class) {
            return new AsyncContainers();
        } else if (api == AsyncTypes.class) {
            return new AsyncTypes();
        }
        throw new IllegalArgumentException(api + " is no interface of a blob store");
    }

    private static Interface find(String name) {
        return Id.parse(name).flatMap(RESOLVED::findInterface).orElseThrow();
    }

    private static Source read(String path) {
        try (InputStream in = Wit.class.getResourceAsStream(path)) {
            return Source.of(path, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
