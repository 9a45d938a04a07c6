package dev.virga.plugin.blobstore;

import dev.virga.component.StreamReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A listing as a stream. The stream cannot tell a guest of a failure, so that one traps. */
final class NameReader implements StreamReader<String> {

    private final BlobSession session;
    private final Names names;

    NameReader(BlobSession session, Names names) {
        this.session = session;
        this.names = names;
    }

    @Override
    public List<String> read(int max) {
        try {
            return names.next(max);
        } catch (IOException e) {
            throw new UncheckedIOException(session.failure(e));
        }
    }

    @Override
    public void close() {
        session.close(names);
    }
}
