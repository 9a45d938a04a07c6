package dev.virga.wasi.filesystem;

import dev.virga.component.Result;
import dev.virga.wasi.OpenThings;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;

/** {@code wasi:filesystem/types.directory-entry-stream}. */
public final class DirectoryEntryStream implements Closeable {

    private final DirectoryStream<Path> stream;
    private final Iterator<Path> entries;
    private final OpenThings registry;

    private DirectoryEntryStream(DirectoryStream<Path> stream, OpenThings registry) {
        this.stream = stream;
        this.entries = stream.iterator();
        this.registry = registry;
    }

    static DirectoryEntryStream open(Node directory, OpenThings registry) throws IOException {
        DirectoryEntryStream opened = new DirectoryEntryStream(Files.newDirectoryStream(directory.path()), registry);
        registry.add(opened);
        return opened;
    }

    public Result<Optional<DirectoryEntry>, ErrorCode> readDirectoryEntry() {
        return Errors.attempt(this::next);
    }

    private Optional<DirectoryEntry> next() throws IOException {
        try {
            while (entries.hasNext()) {
                Path path = entries.next();
                try {
                    DescriptorType type = Attributes.of(path, LinkOption.NOFOLLOW_LINKS).type();
                    return Optional.of(new DirectoryEntry(type, name(path)));
                } catch (NoSuchFileException e) {
                    // It was removed since the listing began.
                }
            }
            return Optional.empty();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** A name that is no UTF-8 reaches us with its bad bytes replaced. */
    private static String name(Path path) throws IOException {
        String name = path.getFileName().toString();
        if (name.indexOf('\uFFFD') >= 0) {
            throw new ErrorCodeException(ErrorCode.ILLEGAL_BYTE_SEQUENCE);
        }
        return name;
    }

    @Override
    public void close() throws IOException {
        registry.remove(this);
        stream.close();
    }
}
