package dev.virga.plugin.config;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a folder in which each file is a key, or holds several if its name ends with {@code .properties}, {@code
 * .yaml} or {@code .yml}. Names that begin with a dot are not for workloads: Kubernetes keeps its own there.
 */
final class FolderReader {

    static final int MOST_VALUES = 1000;
    static final int MOST_BYTES = 1 << 20;

    private static final int ATTEMPTS = 10;

    private FolderReader() {}

    /** All files as they were at one moment, as far as their times and sizes tell. */
    static Values read(Path folder) throws IOException {
        for (int i = 0; i < ATTEMPTS; i++) {
            Map<Path, State> before = look(folder);
            Map<String, byte[]> contents = contents(before);
            if (contents != null && before.equals(look(folder))) {
                return Values.of(Entries.of(contents));
            }
        }
        throw new IOException(folder + " changes all the time; replace files by renaming new ones to their names");
    }

    /** What is there, or null if some of it is gone already. */
    private static Map<String, byte[]> contents(Map<Path, State> files) throws IOException {
        Map<String, byte[]> contents = new HashMap<>();
        try {
            for (Map.Entry<Path, State> file : files.entrySet()) {
                byte[] bytes = Files.readAllBytes(file.getKey());
                if (bytes.length != file.getValue().size()) {
                    return null;
                }
                contents.put(file.getKey().getFileName().toString(), bytes);
            }
        } catch (NoSuchFileException | FileNotFoundException e) {
            return null;
        }
        return contents;
    }

    private static Map<Path, State> look(Path folder) throws IOException {
        Map<Path, State> files = new HashMap<>();
        long bytes = 0;
        for (Path file : list(folder)) {
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(file, BasicFileAttributes.class);
            } catch (NoSuchFileException e) {
                continue; // gone since it was listed
            }
            if (!attributes.isRegularFile()) {
                continue;
            }
            files.put(
                    file,
                    new State(
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis(),
                            String.valueOf(attributes.fileKey())));
            bytes += attributes.size();
            if (files.size() > MOST_VALUES || bytes > MOST_BYTES) {
                throw new IOException(folder + " holds more than " + MOST_VALUES + " files or " + MOST_BYTES + " bytes");
            }
        }
        return files;
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                folder, file -> !file.getFileName().toString().startsWith("."))) {
            all.forEach(files::add);
        } catch (java.nio.file.DirectoryIteratorException e) {
            throw e.getCause();
        }
        return files;
    }

    /** @param key tells a file from another one of the same name */
    private record State(long size, long changed, String key) {}
}
