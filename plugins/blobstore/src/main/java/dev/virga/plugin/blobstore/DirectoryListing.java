package dev.virga.plugin.blobstore;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Goes through a folder, which stays open, so that its size costs neither memory nor a second pass. */
final class DirectoryListing implements BlobListing {

    private final DirectoryStream<Path> folder;
    private final Iterator<Path> files;
    private final LongNames longNames;

    DirectoryListing(Path objects, LongNames longNames) throws IOException {
        this.folder = Files.newDirectoryStream(objects);
        this.files = folder.iterator();
        this.longNames = longNames;
    }

    @Override
    public List<String> next(int max) throws IOException {
        List<String> names = new ArrayList<>();
        try {
            while (names.size() < max && files.hasNext()) {
                Folders.checkInterrupted();
                Path file = files.next();
                if (Folders.attributes(file).filter(BasicFileAttributes::isRegularFile).isPresent()) {
                    longNames.nameOf(file).ifPresent(names::add);
                }
            }
            return names;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws IOException {
        folder.close();
    }
}
