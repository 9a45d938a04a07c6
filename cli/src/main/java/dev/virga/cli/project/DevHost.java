package dev.virga.cli.project;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.host.Host;
import dev.virga.host.HostException;
import dev.virga.host.HostServer;
import dev.virga.host.Status;
import dev.virga.host.manifest.FileImages;
import dev.virga.host.manifest.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Puts versions of a project's workload onto a host, one after the other. The host gets copies of the components
 * under names of their own, since a file that changes is no change of a manifest, and since a replica that starts
 * later must not find half of the next build.
 */
final class DevHost {

    private static final Duration LONGEST_START = Duration.ofMinutes(2);

    private final Host host;
    private final Path copies;
    private Set<Manifest> applied;

    /** @param copies a folder whose files the host takes as images */
    DevHost(HostServer server, Path copies) {
        this.host = server.host();
        this.copies = copies;
        this.applied = Set.copyOf(host.manifests()); // of another time, if the folder is kept
    }

    /**
     * Goes over to these, without a request being lost. What was there before goes on if they cannot run.
     *
     * @throws CliException.Failed if they cannot run, saying why
     */
    void run(List<Manifest> manifests) throws InterruptedException {
        Map<Path, Path> copied = new HashMap<>();
        try {
            List<Manifest> all = manifests.stream()
                    .map(m -> FileImages.replaced(m, path -> copied.computeIfAbsent(path, this::copy)))
                    .toList();
            Set<String> names = new HashSet<>(all.stream().map(Manifest::id).toList());
            host.apply(all);
            for (Manifest gone : applied) {
                if (!names.contains(gone.id())) {
                    host.delete(gone.kind(), gone.metadata().namespace(), gone.metadata().name());
                }
            }
            applied = Set.copyOf(all);
            awaitServing();
        } catch (HostException e) {
            throw new CliException.Failed(e.getMessage());
        }
        removeBut(new HashSet<>(copied.values()));
    }

    /** Where requests come in, if not everywhere. */
    List<String> routes() {
        return host.status().stream()
                .flatMap(status -> status.routes().stream())
                .filter(route -> !route.equals("*/"))
                .toList();
    }

    private Path copy(Path component) {
        try {
            Path copy = Files.createTempFile(copies, component.getFileName() + "-", ".wasm");
            return Files.copy(component, copy, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CliException.Failed("image file:" + component + ": cannot be read: " + AtomicFile.reason(e));
        }
    }

    private void removeBut(Set<Path> used) {
        try (Stream<Path> files = Files.list(copies)) {
            for (Path file : files.filter(f -> !used.contains(f)).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // it is a folder that nobody else has
        }
    }

    private void awaitServing() throws InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            long seen = host.changes().count();
            boolean serving = true;
            for (Status status : host.status()) {
                if (status.phase().equals("Error") || status.phase().equals("Degraded")) {
                    throw new CliException.Failed(status.message());
                }
                serving &= status.updated() >= status.wanted() && !status.phase().equals("Starting");
            }
            if (serving) {
                return;
            }
            long left = end - System.nanoTime();
            if (left <= 0) {
                throw new CliException.Failed("the workload does not start within " + LONGEST_START.toSeconds() + " s");
            }
            host.changes().after(seen, Duration.ofNanos(left));
        }
    }
}
