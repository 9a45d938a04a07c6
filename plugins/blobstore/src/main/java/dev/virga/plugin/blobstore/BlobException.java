package dev.virga.plugin.blobstore;

import java.io.IOException;

/** Why a blob store did not do what a guest asked for; the text is for the guest. */
public final class BlobException extends IOException {

    private static final long serialVersionUID = 1L;

    public enum Reason {
        NO_SUCH_CONTAINER,
        CONTAINER_EXISTS,
        NO_SUCH_OBJECT,
        /** The workload may not, or the backend does not take such a name. */
        DENIED,
        TIMEOUT,
        /** Trying again later may help. */
        UNAVAILABLE,
        /** No space is left, or more than a limit allows. */
        QUOTA,
        OTHER
    }

    private final Reason reason;

    public BlobException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public BlobException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public static BlobException noContainer(ContainerId container) {
        return new BlobException(Reason.NO_SUCH_CONTAINER, "there is no container \"" + container.name() + "\"");
    }

    public static BlobException containerExists(ContainerId container) {
        return new BlobException(
                Reason.CONTAINER_EXISTS, "there is a container \"" + container.name() + "\" already");
    }

    public static BlobException noObject(BlobId object) {
        return new BlobException(Reason.NO_SUCH_OBJECT,
                "there is no object \"" + object.name() + "\" in the container \"" + object.container().name() + "\"");
    }

    public Reason reason() {
        return reason;
    }
}
