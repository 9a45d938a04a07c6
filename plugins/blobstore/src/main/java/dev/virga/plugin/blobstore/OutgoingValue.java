package dev.virga.plugin.blobstore;

import dev.virga.component.Result;
import dev.virga.wasi.io.GuestOutput;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code wasi:blobstore/types.outgoing-value}. Its stream may still be open when it is finished or dropped, unlike
 * what the standard says, since guests made for other hosts leave it so.
 */
final class OutgoingValue implements AutoCloseable {

    private final BlobSession session;
    private Optional<Upload> upload = Optional.empty();
    private boolean bodyTaken;

    OutgoingValue(BlobSession session) {
        this.session = session;
    }

    public Result<GuestOutput, Void> outgoingValueWriteBody() {
        if (bodyTaken) {
            return Result.err();
        }
        Result<Upload, String> opened = session.told(this::upload);
        bodyTaken = opened.isOk();
        return switch (opened) {
            case Result.Ok<Upload, String>(Upload open) -> Result.ok(new BlobOutput(session, open));
            case Result.Err<Upload, String> _ -> Result.err();
        };
    }

    void sendTo(OpenContainer container, String name) throws IOException {
        Upload open = upload();
        if (open.hasTarget()) {
            throw new BlobException(BlobException.Reason.OTHER, "the value was given to a container already");
        }
        container.write(name, open);
    }

    Result<Void, String> finish() {
        return session.told(() -> {
            upload().commit();
            return null;
        });
    }

    private Upload upload() throws IOException {
        if (upload.isEmpty()) {
            upload = Optional.of(new Upload(session));
        }
        return upload.get();
    }

    @Override
    public void close() {
        upload.ifPresent(session::close);
    }
}
