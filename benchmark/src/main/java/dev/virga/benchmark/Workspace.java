package dev.virga.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A temporary folder: guests, hosts' folders, caches. It goes away with this. */
final class Workspace implements AutoCloseable {

    private final Path folder;
    private final Path component;
    private final AtomicInteger count = new AtomicInteger();

    /** @param component in place of the shape's own */
    Workspace(Shape shape, Optional<Path> component) {
        try {
            folder = Files.createTempDirectory("vb").toRealPath(); // a short name: sockets lie in it
        } catch (IOException e) {
            throw new BenchmarkException("no temporary folder can be made: " + e.getMessage());
        }
        try {
            Files.createDirectories(guests());
            this.component = component.isPresent() ? copy(component.get()) : guest(shape.guest());
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        } catch (IOException e) {
            close();
            throw new BenchmarkException("the guests cannot be written to " + folder + ": " + e.getMessage());
        }
    }

    private Path copy(Path from) throws IOException {
        try {
            return Files.copy(from, guests().resolve("component.wasm"));
        } catch (java.nio.file.NoSuchFileException e) {
            throw new BenchmarkException(from + ": no such file");
        }
    }

    Path guests() {
        return folder.resolve("guests");
    }

    /** The component that is measured. */
    Path component() {
        return component;
    }

    /** A component of this module's. */
    Path guest(String name) {
        Path file = guests().resolve(name + ".wasm");
        try (InputStream in = Workspace.class.getResourceAsStream("guests/" + name + ".wasm")) {
            if (!Files.exists(file)) {
                Files.copy(in, file);
            }
            return file;
        } catch (IOException e) {
            throw new BenchmarkException("a guest cannot be written to " + file + ": " + e.getMessage());
        }
    }

    /** A new folder. */
    Path fresh() {
        try {
            return Files.createDirectory(folder.resolve(Integer.toString(count.incrementAndGet())));
        } catch (IOException e) {
            throw new BenchmarkException("no folder can be made in " + folder + ": " + e.getMessage());
        }
    }

    /** Bytes of all files below a folder. */
    static long size(Path folder) {
        long[] sum = {0};
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    sum[0] += attributes.isRegularFile() ? attributes.size() : 0;
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new BenchmarkException(folder + " cannot be read: " + e.getMessage());
        }
        return sum[0];
    }

    @Override
    public void close() {
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE; // a process that ends removed it
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                    Files.deleteIfExists(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new BenchmarkException("the temporary folder " + folder + " cannot be removed: " + e.getMessage());
        }
    }
}
