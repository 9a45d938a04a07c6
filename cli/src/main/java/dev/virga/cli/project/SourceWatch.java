package dev.virga.cli.project;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import dev.virga.cli.CliException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Tells which files of a project have changed. */
final class SourceWatch implements AutoCloseable {

    /** Editors and formatters write in several steps, and rarely pause for longer. */
    private static final long QUIET_MILLIS = 50;

    private static final int MOST_FOLDERS = 2000;

    /** Besides hidden ones: what builds make. */
    private static final Set<String> MADE = Set.of("target", "node_modules", "__pycache__", "gen", "build", "dist", "vendor");

    private final List<Path> watched;
    private final Path made;
    private final WatchService service;
    private final Map<WatchKey, Path> folders = new HashMap<>();

    /**
     * Sees what changes from now on.
     *
     * @throws CliException.Failed if something cannot be watched
     */
    SourceWatch(Project project) {
        this.watched = ProjectSources.of(project);
        this.made = project.component();
        try {
            service = project.folder().getFileSystem().newWatchService();
        } catch (IOException e) {
            throw new CliException.Failed("no folder can be watched: " + e);
        }
        try {
            for (Path each : watched) {
                if (Files.isDirectory(each)) {
                    add(each);
                } else if (Files.isDirectory(each.getParent())) {
                    register(each.getParent()); // a file is often replaced by another one of its name
                }
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e instanceof CliException known
                    ? known
                    : new CliException.Failed("the project's files cannot be watched: " + e);
        }
    }

    private void add(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (!folder.equals(root) && !isSource(folder)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                register(folder);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void register(Path folder) throws IOException {
        if (folders.size() >= MOST_FOLDERS) {
            throw new CliException.Failed("more than " + MOST_FOLDERS + " folders to watch; list those with sources in"
                    + " dev.watch of virga.yaml");
        }
        folders.put(folder.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE), folder);
    }

    /** Waits until files have changed and are quiet, and says which; if it cannot tell them all, the folder. */
    Set<Path> changed() throws InterruptedException {
        Set<Path> changed = new TreeSet<>();
        while (true) {
            WatchKey key = changed.isEmpty() ? service.take() : service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
            if (key == null) {
                return changed;
            }
            Path folder = folders.get(key);
            for (WatchEvent<?> event : key.pollEvents()) {
                Path path = event.kind() == OVERFLOW ? folder : folder.resolve((Path) event.context());
                if (isWatched(path) && isSource(path)) {
                    changed.add(path);
                    follow(path);
                }
            }
            if (!key.reset()) {
                folders.remove(key);
            }
        }
    }

    private boolean isWatched(Path path) {
        return watched.stream().anyMatch(path::startsWith);
    }

    private boolean isSource(Path path) {
        String name = path.getFileName().toString();
        return !path.equals(made)
                && (!name.startsWith(".") || watched.contains(path))
                && !name.endsWith("~")
                && !(MADE.contains(name) && !watched.contains(path));
    }

    private void follow(Path path) {
        if (Files.isDirectory(path)) {
            try {
                add(path);
            } catch (IOException e) {
                // gone again
            }
        }
    }

    @Override
    public void close() {
        try {
            service.close();
        } catch (IOException e) {
            // nothing is told any more in any case
        }
    }
}
