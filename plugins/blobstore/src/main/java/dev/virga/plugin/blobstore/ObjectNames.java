package dev.virga.plugin.blobstore;

import dev.virga.component.Result;
import java.util.List;

/** {@code wasi:blobstore/container.stream-object-names}. */
final class ObjectNames implements AutoCloseable {

    record Read(List<String> names, boolean ended) {}

    record Skipped(long count, boolean ended) {}

    private final BlobSession session;
    private final Names names;

    ObjectNames(BlobSession session, Names names) {
        this.session = session;
        this.names = names;
    }

    public Result<Read, String> readStreamObjectNames(long length) {
        return session.told(() -> {
            List<String> read = names.next(length);
            return new Read(read, names.ended());
        });
    }

    public Result<Skipped, String> skipStreamObjectNames(long count) {
        return session.told(() -> {
            int skipped = names.next(count).size();
            return new Skipped(skipped, names.ended());
        });
    }

    @Override
    public void close() {
        session.close(names);
    }
}
