package dev.virga.cli.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A file that may be a script.
 *
 * @param path absolute, without links
 * @param folder the name that the summary counts it under
 * @param asked whether it was named itself, not found in a folder
 */
record ScriptFile(Path path, String folder, boolean asked) {

    private static final String JSON = ".json";

    /** All below these files and folders, each once, in the order of their paths within each. */
    static List<ScriptFile> find(List<Path> roots) throws IOException {
        List<ScriptFile> found = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (Path root : roots) {
            Path real = root.toRealPath();
            boolean asked = Files.isRegularFile(real);
            try (Stream<Path> walk = Files.walk(real)) {
                walk.filter(f -> asked || f.toString().endsWith(JSON) && Files.isRegularFile(f))
                        .sorted()
                        .filter(seen::add)
                        .forEach(f -> found.add(new ScriptFile(f, folder(real, f), asked)));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
        }
        return found;
    }

    /** A script that has a folder of its own name is counted by the folder above. */
    private static String folder(Path root, Path file) {
        Path folder = file.getParent();
        if (folder.endsWith(stem(file))) {
            folder = Optional.ofNullable(folder.getParent()).orElse(folder);
        }
        Path base = Optional.ofNullable(root.getParent()).orElse(root);
        Path named = folder.startsWith(root) ? base.relativize(folder) : folder.getFileName();
        return named == null ? "" : named.toString().replace('\\', '/');
    }

    private static String stem(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(JSON) ? name.substring(0, name.length() - JSON.length()) : name;
    }

    /** The file's name without its end. */
    String stem() {
        return stem(path);
    }

    /** How it is called in results: its folder and the {@code .wast} file that it was made from. */
    String name() {
        return folder + "/" + stem() + ".wast";
    }

    /** The path with slashes on every system. */
    String slashed() {
        return path.toString().replace('\\', '/');
    }
}
