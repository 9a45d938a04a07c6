package dev.virga.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Results of compilation on disk, for all engines and processes of a user. An entry is one file:
 * a checksum of its content, then the content. It is written under a name of its own and renamed,
 * so that a reader sees all of it or nothing; one that does not match its checksum is deleted and
 * counts as missing. A checksum is for what disks do: whoever may write here is the user, and could
 * make digests too, which take ten times as long. What goes wrong with the disk makes compilation slow, never wrong, so it is
 * logged and not thrown.
 */
public final class CompileCache {

    /** Some 40 of the largest components. */
    public static final long DEFAULT_MAX_BYTES = 2L << 30;

    private static final System.Logger LOG = System.getLogger(CompileCache.class.getName());
    private static final String SUFFIX = ".compiled";
    private static final String TEMPORARY = ".tmp";
    /** A temporary file this old was left by a process that died. */
    private static final long STALE_SECONDS = 3_600;
    private static final int CHECKSUM_BYTES = Integer.BYTES;

    private final Path directory;
    private final long maxBytes;

    /**
     * @param directory made when the first entry is written, readable by its owner only
     * @param maxBytes when more than this is stored, the entries not used for longest are deleted
     */
    public CompileCache(Path directory, long maxBytes) {
        this.directory = directory;
        this.maxBytes = maxBytes;
    }

    /**
     * The key of what is compiled of a module.
     *
     * @param engine the engine's name, version and options: whatever else the result depends on
     * @param digest of what it depends on in the module, see {@link ModuleBinary}
     */
    public static String key(String engine, String digest) {
        return HexFormat.of().formatHex(sha256().digest((engine + '\0' + digest).getBytes(StandardCharsets.UTF_8)));
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The content of an entry, positioned at its start. */
    public Optional<ByteBuffer> get(String key) {
        Path file = file(key);
        try {
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(file);
            Optional<ByteBuffer> content = checked(bytes);
            if (content.isEmpty()) {
                LOG.log(System.Logger.Level.DEBUG, "{0} is corrupt and will be rebuilt", file);
                Files.deleteIfExists(file);
            } else {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
            }
            return content;
        } catch (IOException | OutOfMemoryError e) {
            LOG.log(System.Logger.Level.WARNING, "cannot read " + file, e);
            return Optional.empty();
        }
    }

    private static Optional<ByteBuffer> checked(byte[] bytes) {
        if (bytes.length < CHECKSUM_BYTES) {
            return Optional.empty();
        }
        ByteBuffer all = ByteBuffer.wrap(bytes);
        int stored = all.getInt();
        return stored == checksum(all.slice()) ? Optional.of(all.slice()) : Optional.empty();
    }

    private static int checksum(ByteBuffer content) {
        CRC32C checksum = new CRC32C();
        checksum.update(1); // or a file of a few zeros were an entry
        checksum.update(content);
        return (int) checksum.getValue();
    }

    /** Stores an entry, over an older one of the same key. */
    public void put(String key, byte[] content) {
        try {
            createDirectory();
            Path temporary = Files.createTempFile(directory, key, TEMPORARY);
            try {
                write(temporary, content);
                move(temporary, file(key));
            } finally {
                Files.deleteIfExists(temporary);
            }
            evict();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot write to the compile cache " + directory, e);
        }
    }

    /** Its entries: good ones, and those that will be rebuilt. */
    public record Contents(List<Path> good, List<Path> corrupt) {}

    /**
     * Reads all of it.
     *
     * @throws IOException if it cannot be read
     */
    public Contents contents() throws IOException {
        Contents contents = new Contents(new ArrayList<>(), new ArrayList<>());
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
                    boolean good = checked(Files.readAllBytes(file)).isPresent();
                    (good ? contents.good() : contents.corrupt()).add(file);
                }
            }
        }
        return contents;
    }

    private Path file(String key) {
        return directory.resolve(key + SUFFIX);
    }

    private void createDirectory() throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.toAbsolutePath().getParent();
        Files.createDirectories(parent);
        if (Files.getFileStore(parent).supportsFileAttributeView("posix")) {
            Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(
                    PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer start = ByteBuffer.allocate(CHECKSUM_BYTES).putInt(checksum(ByteBuffer.wrap(content))).flip();
            ByteBuffer[] parts = {start, ByteBuffer.wrap(content)};
            while (parts[0].hasRemaining() || parts[1].hasRemaining()) {
                channel.write(parts);
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private record Entry(Path file, FileTime used, long bytes) {}

    private void evict() throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                entry(file).ifPresent(entries::add);
            }
        }
        long total = entries.stream().mapToLong(Entry::bytes).sum();
        entries.sort(Comparator.comparing(Entry::used));
        for (Entry entry : entries) {
            if (total <= maxBytes) {
                return;
            }
            Files.deleteIfExists(entry.file());
            total -= entry.bytes();
        }
    }

    /** An entry, if the file is one and still there: other processes evict too. */
    private static Optional<Entry> entry(Path file) throws IOException {
        String name = file.getFileName().toString();
        try {
            FileTime used = Files.getLastModifiedTime(file);
            if (name.endsWith(TEMPORARY)
                    && used.toInstant().isBefore(Instant.now().minusSeconds(STALE_SECONDS))) {
                Files.deleteIfExists(file);
            }
            return name.endsWith(SUFFIX)
                    ? Optional.of(new Entry(file, used, Files.size(file)))
                    : Optional.empty();
        } catch (java.nio.file.NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
