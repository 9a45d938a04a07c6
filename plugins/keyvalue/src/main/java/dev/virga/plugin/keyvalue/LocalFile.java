package dev.virga.plugin.keyvalue;

import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/** Opens an MVStore and says what is wrong with it. */
final class LocalFile {

    private static final int CACHE_MIB = 32;

    private final Optional<Supplier<Path>> path;
    private final Consumer<String> log;
    private final String scheme;

    /** @param path empty for memory */
    LocalFile(Optional<Supplier<Path>> path, Consumer<String> log) {
        this(path, log, SteadyFile.SCHEME);
    }

    /** @param scheme of MVStore's, for what opens the file */
    LocalFile(Optional<Supplier<Path>> path, Consumer<String> log, String scheme) {
        this.path = path;
        this.log = log;
        this.scheme = scheme;
    }

    MVStore open() {
        // committed by us only, so that a commit never has half a change
        MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled().autoCommitBufferSize(0);
        path.ifPresent(p -> builder.fileName(scheme + ":" + p.get().toAbsolutePath()).cacheSize(CACHE_MIB));
        try {
            MVStore store = builder.open();
            store.setVersionsToKeep(0);
            // the disk has all that was committed before anything else is written: nothing needs to be retained
            store.setRetentionTime(0);
            return store;
        } catch (RuntimeException e) {
            throw failed("opened", e);
        }
    }

    /**
     * The guest gets the kind of failure, the operator the file and all of its text.
     *
     * @param cause anything, where the file is damaged
     */
    KeyValueException failed(String what, Throwable cause) {
        String reason = switch (code(cause)) {
            case DataUtils.ERROR_WRITING_FAILED -> "the disk is full or broken";
            case DataUtils.ERROR_READING_FAILED -> "the disk cannot be read";
            case DataUtils.ERROR_CLOSED -> "it was closed, try again";
            case DataUtils.ERROR_FILE_LOCKED -> "another process has it open";
            case DataUtils.ERROR_UNSUPPORTED_FORMAT -> "a newer version wrote it";
            default -> "its file is damaged; the operator must bring back a copy, or move it away to begin anew";
        };
        String where = path.map(p -> p.get().toString()).orElse("in memory");
        String detail = Optional.ofNullable(cause.getCause()).map(Throwable::toString).orElse(cause.getMessage());
        log.accept("the key-value store " + where + " cannot be " + what + ": " + reason + " (" + detail + ")");
        return new KeyValueException(
                Reason.UNAVAILABLE, "the store cannot be " + what + ": " + reason, cause);
    }

    /** A store that closed itself says why in the cause. */
    private static int code(Throwable failure) {
        if (!(failure instanceof MVStoreException known)) {
            return 0;
        }
        return known.getErrorCode() == DataUtils.ERROR_CLOSED && known.getCause() instanceof MVStoreException cause
                ? cause.getErrorCode()
                : known.getErrorCode();
    }
}
