package dev.virga.plugin.blobstore;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Containers and the objects in them. Used by many threads at a time; calls block, and end within a time of the
 * backend's own when what they need does not answer. Names are what guests chose: not empty and not longer than
 * their workload's limit, but with any character.
 *
 * <p>A {@link BlobException} is for the guest to see. Any other {@link IOException} is not, since its text may
 * tell of the host: it goes to the operator's log.
 *
 * <p>Methods that take a container or an object in one fail with {@link BlobException.Reason#NO_SUCH_CONTAINER} if
 * the container is not there, where they do not say otherwise.
 */
public interface BlobBackend extends AutoCloseable {

    /** Fails with {@link BlobException.Reason#CONTAINER_EXISTS} if it is there. */
    void create(ContainerId container) throws IOException;

    /** When the container was created; empty if it is not there. */
    Optional<Instant> created(ContainerId container) throws IOException;

    /** With all its objects; nothing happens if it is not there. */
    void delete(ContainerId container) throws IOException;

    /** Deletes all objects. Those written meanwhile may stay. */
    void clear(ContainerId container) throws IOException;

    /** Names of objects, in any order. Those written or deleted meanwhile may be among them or not. */
    BlobListing list(ContainerId container) throws IOException;

    /** Size and time of an object; empty if it is not there. */
    Optional<BlobInfo> info(BlobId object) throws IOException;

    /**
     * Opens the bytes from {@code start} to {@code end}, both inclusive, as far as the object has them: none if
     * it ends before, or if {@code end} is smaller. They are those of one write, also if the object is replaced
     * or deleted meanwhile: should the backend not be able to keep them, reading fails.
     *
     * @param start at least 0
     * @param end at least 0
     * @throws BlobException of {@link BlobException.Reason#NO_SUCH_OBJECT} if it is not there
     */
    BlobRead read(BlobId object, long start, long end) throws IOException;

    /** Starts to write an object, of which nothing is to be seen before {@link BlobWrite#commit}. */
    BlobWrite write(BlobId object) throws IOException;

    /** How many bytes an open write holds in memory beside those that it is just given. */
    default int writeBuffer() {
        return 0;
    }

    /** Nothing happens for those that are not there. */
    void delete(ContainerId container, List<String> objects) throws IOException;

    /**
     * Makes {@code to} have the bytes of {@code from}, whatever it was.
     *
     * @throws BlobException of {@link BlobException.Reason#NO_SUCH_OBJECT} if {@code from} is not there
     */
    void copy(BlobId from, BlobId to) throws IOException;

    /**
     * As {@link #copy}, and then {@code from} is there no more, unless it is the same. At no time is neither there.
     */
    default void move(BlobId from, BlobId to) throws IOException {
        copy(from, to);
        if (!from.equals(to)) {
            delete(from.container(), List.of(from.name()));
        }
    }

    @Override
    void close();
}
