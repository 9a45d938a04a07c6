package dev.virga.plugin.blobstore;

/** {@code wasmcloud:blobstore/types.error}. */
sealed interface BlobError {

    record NoSuchContainer() implements BlobError {}

    record ContainerAlreadyExists() implements BlobError {}

    record NoSuchObject() implements BlobError {}

    record AccessDenied() implements BlobError {}

    record Timeout() implements BlobError {}

    record StoreUnavailable() implements BlobError {}

    record QuotaExceeded() implements BlobError {}

    record Other(String text) implements BlobError {}

    static BlobError of(BlobException e) {
        return switch (e.reason()) {
            case NO_SUCH_CONTAINER -> new NoSuchContainer();
            case CONTAINER_EXISTS -> new ContainerAlreadyExists();
            case NO_SUCH_OBJECT -> new NoSuchObject();
            case DENIED -> new AccessDenied();
            case TIMEOUT -> new Timeout();
            case UNAVAILABLE -> new StoreUnavailable();
            case QUOTA -> new QuotaExceeded();
            case OTHER -> new Other(e.getMessage());
        };
    }
}
