package dev.virga.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** What names a host from its first start on. */
public final class HostId {

    private HostId() {}

    /**
     * Reads it from the host's folder, and makes it there the first time.
     *
     * @throws HostException.Broken if the folder cannot be used
     */
    public static String of(Path data) {
        Path file = data.resolve("id");
        try {
            PrivateFolder.make(data);
            if (!Files.exists(file)) {
                Path part = Files.createTempFile(data, "part", "");
                Files.write(part, UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII));
                move(part, file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new HostException.Broken("the folder " + data + " cannot be used: " + e, e);
        }
    }

    private static void move(Path part, Path file) throws IOException {
        try {
            Files.move(part, file);
        } catch (FileAlreadyExistsException e) {
            Files.delete(part); // another host was quicker; one of both gets no further than the folder's lock
        }
    }
}
