package dev.virga.plugin.blobstore;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The room of each namespace: what it has taken is measured when it is first used. */
final class Rooms {

    /** Of a container's folder and the two in it. */
    static final long CONTAINER = 3 * Room.OVERHEAD;

    private final DirectoryLayout layout;
    private final long most;
    private final Map<String, Room> rooms = new HashMap<>();

    /** @param most bytes for each namespace */
    Rooms(DirectoryLayout layout, long most) {
        this.layout = layout;
        this.most = most;
    }

    synchronized Room of(String namespace) throws IOException {
        Room known = rooms.get(namespace);
        if (known == null) {
            known = new Room(most, taken(layout.namespace(namespace)));
            rooms.put(namespace, known);
        }
        return known;
    }

    private static long taken(Path namespace) throws IOException {
        long sum = 0;
        if (Folders.isFolder(namespace)) {
            try (DirectoryStream<Path> containers = Files.newDirectoryStream(namespace)) {
                for (Path container : containers) {
                    sum += ofContainer(container);
                }
            }
        }
        return sum;
    }

    /** What a container takes with its objects; 0 if it is none. */
    static long ofContainer(Path container) throws IOException {
        Path objects = DirectoryLayout.objects(container);
        if (!Folders.isFolder(objects)) {
            return 0;
        }
        long sum = CONTAINER;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(objects)) {
            for (Path file : files) {
                sum += Room.bytes(file);
            }
        }
        return sum;
    }
}
