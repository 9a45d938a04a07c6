package dev.virga.host;

import dev.virga.host.FolderState.ObjectName;
import dev.virga.host.manifest.FileImages;
import dev.virga.host.manifest.Manifest;
import dev.virga.host.manifest.ManifestException;
import dev.virga.host.manifest.ManifestParser;
import dev.virga.plugin.LogLevel;
import dev.virga.telemetry.HostLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A folder of manifests: what stands there is applied, what vanishes from there is deleted. A file that cannot be
 * used is reported, what it had before goes on, and the other files are not held up.
 */
final class ManifestFolder implements AutoCloseable {

    /** How a file was when it was read; another file is never like that. */
    private record Stamp(FileTime modified, long size, String key) {

        static Stamp of(Path file) throws IOException {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
        }
    }

    private final Path folder;
    private final Host host;
    private final HostLog log;
    private final FolderState state;
    private final Map<String, Stamp> seen = new HashMap<>();
    private final FolderWatch watch;

    /**
     * Has applied all that stands there when it is made, and watches from then on.
     *
     * @param kept where it keeps which objects are its own
     * @throws HostException.Broken if the folder cannot be read
     */
    ManifestFolder(Path folder, Path kept, Host host, HostLog log) {
        this.folder = folder.toAbsolutePath().normalize();
        this.host = host;
        this.log = log;
        this.state = new FolderState(kept);
        this.watch = new FolderWatch(this.folder, this::scan, problem -> log.line(LogLevel.ERROR, problem));
    }

    /** Whether all files could be read while they were still. */
    private boolean scan() {
        Set<ObjectName> before = state.all();
        Map<String, List<Manifest>> changed = new LinkedHashMap<>();
        boolean still = true;
        try {
            List<Path> files = ManifestParser.manifestsIn(folder);
            Set<String> names = new TreeSet<>();
            for (Path file : files) {
                names.add(file.getFileName().toString());
                still &= read(file, changed);
            }
            seen.keySet().retainAll(names);
            state.keepOnly(names);
        } catch (IOException e) {
            log.line(LogLevel.ERROR, "the folder " + folder + " cannot be read, what it had goes on: " + e);
            return true;
        }
        Set<ObjectName> gone = new HashSet<>(before);
        gone.removeAll(state.all());
        gone.forEach(this::delete);
        apply(changed);
        state.save();
        return still;
    }

    /** False if the file is being written just now. */
    private boolean read(Path file, Map<String, List<Manifest>> changed) {
        String name = file.getFileName().toString();
        try {
            Stamp stamp = Stamp.of(file);
            if (stamp.equals(seen.get(name))) {
                return true;
            }
            List<Manifest> manifests = new ArrayList<>();
            List<String> problems = new ArrayList<>();
            try {
                ManifestParser.read(file).all().forEach(m -> manifests.add(FileImages.absolute(m, folder)));
                manifests.forEach(m -> state.ownerOf(ObjectName.of(m))
                        .filter(owner -> !owner.equals(name) && Files.exists(folder.resolve(owner)))
                        .ifPresent(owner -> problems.add(file + ": " + m.id() + " is already in " + owner)));
            } catch (ManifestException e) {
                e.problems().forEach(problem -> problems.add(problem.toString()));
            }
            if (!stamp.equals(Stamp.of(file))) {
                return false;
            }
            seen.put(name, stamp);
            if (problems.isEmpty()) {
                state.put(name, manifests.stream().map(ObjectName::of).toList());
                changed.put(name, manifests);
            } else {
                problems.forEach(problem -> log.line(LogLevel.ERROR, problem));
            }
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            log.line(LogLevel.ERROR, file + " cannot be read: " + e);
            return true;
        }
    }

    private void delete(ObjectName gone) {
        try {
            host.delete(gone.kind(), gone.namespace(), gone.name());
            log.line(LogLevel.INFO, gone + " deleted: it is no more in " + folder);
        } catch (HostException.Missing e) {
            // somebody else has deleted it
        } catch (HostException e) {
            log.line(LogLevel.ERROR, gone + " cannot be deleted: " + e.getMessage());
        }
    }

    /** All at once, as that is one change for the host; one by one if that is refused, so that the others go on. */
    private void apply(Map<String, List<Manifest>> changed) {
        List<Manifest> all = changed.values().stream().flatMap(List::stream).toList();
        try {
            host.apply(all).forEach(this::log);
        } catch (HostException.Refused | HostException.Broken e) {
            changed.forEach(this::apply);
        }
    }

    private void apply(String file, List<Manifest> manifests) {
        try {
            host.apply(manifests).forEach(this::log);
        } catch (HostException e) {
            log.line(LogLevel.ERROR, folder.resolve(file) + ": " + e.getMessage());
        }
    }

    private void log(Applied applied) {
        if (applied.result() != Applied.Result.UNCHANGED) {
            log.line(LogLevel.INFO, applied.manifest().id() + " " + applied.result());
        }
    }

    @Override
    public void close() {
        watch.close();
    }
}
