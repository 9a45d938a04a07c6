package dev.virga.cli.wit;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Finds the files to format below a folder: WIT and Markdown, but not in hidden folders, nor in folders
 * {@code deps} and {@code node_modules}, whose content is somebody else's. Links are not followed.
 */
final class FmtFiles extends SimpleFileVisitor<Path> {

    private final Path root;
    private final List<Path> found = new ArrayList<>();

    private FmtFiles(Path root) {
        this.root = root;
    }

    /** @throws CliException.Usage if there is no such file or folder */
    static List<Path> of(Path given) {
        if (!Files.isDirectory(given)) {
            if (!Files.exists(given)) {
                throw new CliException.Usage(given + ": no such file or folder");
            }
            if (!Formatting.isWit(given.toString()) && !Formatting.isMarkdown(given.toString())) {
                throw new CliException.Usage(given + ": neither WIT nor Markdown, by its name; give a .wit or .md file,"
                        + " or - for WIT on standard input");
            }
            return List.of(given);
        }
        FmtFiles files = new FmtFiles(given);
        try {
            Files.walkFileTree(given, files);
        } catch (IOException e) {
            throw new CliException.Usage(given + ": cannot be read: " + AtomicFile.reason(e));
        }
        Collections.sort(files.found);
        return files.found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        String name = String.valueOf(folder.getFileName());
        boolean skipped = name.startsWith(".") || name.equals("deps") || name.equals("node_modules");
        return skipped && !folder.equals(root) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        String name = file.getFileName().toString();
        if (attributes.isRegularFile() && (Formatting.isWit(name) || Formatting.isMarkdown(name))) {
            found.add(file);
        }
        return FileVisitResult.CONTINUE;
    }
}
