package dev.virga.plugin.blobstore;

import dev.virga.plugin.Offered;
import dev.virga.plugin.WitFiles;
import java.util.List;
import java.util.Map;

/** The interfaces and the classes that implement them. */
final class Wit {

    private static final WitFiles FILES = new WitFiles(Wit.class, "blobstore", "wasmcloud");

    static final List<Offered<?>> OFFERED = List.of(
            FILES.offer("wasi:blobstore/types@0.2.0-draft",
                    BlobTypes.class,
                    Map.of("outgoing-value", OutgoingValue.class, "incoming-value", IncomingValue.class)),
            FILES.offer("wasi:blobstore/container@0.2.0-draft",
                    Containers.class,
                    Map.of("container", Container.class, "stream-object-names", ObjectNames.class)),
            FILES.offer("wasi:blobstore/blobstore@0.2.0-draft", Blobstore.class),
            FILES.offer("wasmcloud:blobstore/types@0.1.0", AsyncTypes.class),
            FILES.offer("wasmcloud:blobstore/container@0.1.0",
                    AsyncContainers.class,
                    Map.of("container", AsyncContainer.class)),
            FILES.offer("wasmcloud:blobstore/blobstore@0.1.0", AsyncBlobstore.class));

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
}
