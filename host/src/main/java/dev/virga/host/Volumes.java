package dev.virga.host;

import dev.virga.host.manifest.Volume;
import dev.virga.host.manifest.VolumeMount;
import dev.virga.wasi.Preopen;
import dev.virga.wasi.filesystem.DiskQuota;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The directories of one replica. Ephemeral ones go when it is closed. */
final class Volumes implements AutoCloseable {

    private final Path ephemeral;
    private final DiskQuota quota;
    private final Map<String, Path> folders = new HashMap<>();

    /**
     * @param ephemeral a folder of this replica's own, made if it is needed
     * @param room for all ephemeral volumes, in bytes
     * @param told of what the workload's owner should know
     * @throws HostException.Refused if a host path is not allowed or not a directory
     */
    Volumes(List<Volume> volumes, Path ephemeral, long room, List<Path> allowed, Consumer<String> told) {
        this.ephemeral = ephemeral;
        this.quota = new DiskQuota(room, () -> told.accept("ephemeral storage refused: the volumes of a replica may hold "
                + room + " bytes (raise virga.limits.ephemeralStorage)"));
        try {
            for (Volume volume : volumes) {
                folders.put(
                        volume.name(),
                        volume.hostPath()
                                .map(p -> hostPath(volume.name(), p.path(), allowed))
                                .orElseGet(() -> made(volume)));
            }
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private Path made(Volume volume) {
        try {
            return Files.createDirectories(ephemeral.resolve(volume.name()));
        } catch (IOException e) {
            throw new HostException.Broken("volume " + volume.name() + " cannot be made in " + ephemeral, e);
        }
    }

    private static Path hostPath(String name, String text, List<Path> allowed) {
        try {
            Path path = Path.of(text).toRealPath();
            if (!HostPolicy.isWithin(path, allowed)) {
                throw new HostException.Refused("volume " + name + ": this host lets workloads have none of its"
                        + " folder " + text + "; its operator can allow it with --allow-host-path");
            }
            if (!Files.isDirectory(path)) {
                throw new HostException.Refused("volume " + name + ": " + text + " is not a directory");
            }
            return path;
        } catch (IOException e) {
            throw new HostException.Refused("volume " + name + ": there is no directory " + text + " on this host");
        }
    }

    Preopen preopen(VolumeMount mount) {
        Path folder = folders.get(mount.name());
        return new Preopen(
                folder,
                mount.mountPath(),
                mount.readOnly() ? Preopen.Access.READ_ONLY : Preopen.Access.READ_WRITE,
                folder.startsWith(ephemeral) ? quota : DiskQuota.NONE);
    }

    @Override
    public void close() {
        remove(ephemeral);
    }

    /** Removes a folder with ephemeral volumes, if there is one. Links within are removed, not followed. */
    static void remove(Path folder) {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new HostException.Broken("the ephemeral volumes in " + folder + " cannot be removed", e);
        }
    }
}
