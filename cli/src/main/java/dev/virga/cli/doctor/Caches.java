package dev.virga.cli.doctor;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CacheDirectory;
import dev.virga.cli.Size;
import dev.virga.engine.CompileCache;
import dev.virga.oci.ImageStore;
import dev.virga.oci.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Folders that Virga writes to, and what is in them. */
final class Caches {

    private Caches() {}

    /** @param data the host's folder */
    static List<Finding> look(Map<String, String> environment, Path data) {
        Path cache = CacheDirectory.find(environment);
        List<Finding> findings = new ArrayList<>();
        findings.add(writable("cache", cache));
        findings.add(writable("data", data));
        try {
            CompileCache.Contents code = new CompileCache(cache, CompileCache.DEFAULT_MAX_BYTES).contents();
            findings.add(contents("compiled code", cache, code.good(), code.corrupt()));
            for (Path folder : List.of(cache.resolve("images"), data.resolve("images"))) {
                if (Files.isDirectory(folder)) {
                    ImageStore.Contents images = new ImageStore(folder, RegistrySettings.DEFAULT).contents();
                    findings.add(contents("images", folder, images.good(), images.corrupt()));
                }
            }
        } catch (IOException e) {
            findings.add(Finding.broken("cache", cache + " cannot be read: " + AtomicFile.reason(e),
                    "chmod -R u+rwX " + cache));
        }
        return findings;
    }

    /** Of the folder, or of the one that it would be made in. Nothing is made. */
    private static Finding writable(String what, Path folder) {
        Path there = folder.toAbsolutePath();
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isDirectory(there)) {
            return Finding.broken(
                    what, there + " is no folder, so " + folder + " cannot be made", "mv " + there + " " + there + ".old");
        }
        if (!Files.isWritable(there)) {
            return Finding.broken(what, there + " cannot be written to", "sudo chown -R \"$USER\" " + there);
        }
        if (there.equals(folder.toAbsolutePath()) && isOpenToAll(there)) {
            return Finding.warning(what, there + " can be written to by everybody", "chmod o-w " + there);
        }
        return Finding.good(what, folder + (there.equals(folder.toAbsolutePath()) ? "" : ", not made yet"));
    }

    private static boolean isOpenToAll(Path folder) {
        try {
            return Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
        } catch (UnsupportedOperationException | IOException e) {
            return false;
        }
    }

    private static Finding contents(String what, Path folder, List<Path> good, List<Path> corrupt) throws IOException {
        long bytes = 0;
        for (Path file : good) {
            bytes += Files.size(file);
        }
        String text = folder + ": " + good.size() + (good.size() == 1 ? " entry, " : " entries, ") + Size.text(bytes);
        return corrupt.isEmpty()
                ? Finding.good(what, text)
                : Finding.warning(what, text + ", and " + corrupt.size() + " corrupt; they are not used",
                        "rm " + corrupt.stream().map(Path::toString).collect(Collectors.joining(" ")));
    }
}
