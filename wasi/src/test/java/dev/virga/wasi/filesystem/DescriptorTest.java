package dev.virga.wasi.filesystem;

import static dev.virga.wasi.io.Results.error;
import static dev.virga.wasi.io.Results.value;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import dev.virga.wasi.OpenThings;
import dev.virga.wasi.clocks.Datetime;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.GuestOutput;
import dev.virga.wasi.io.StreamError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same behaviour is asked of every kind of node. */
abstract class DescriptorTest {

    private static final Set<PathFlag> NO_FOLLOW = EnumSet.noneOf(PathFlag.class);
    private static final Set<PathFlag> FOLLOW = EnumSet.of(PathFlag.SYMLINK_FOLLOW);
    private static final Set<OpenFlag> EXISTING = EnumSet.noneOf(OpenFlag.class);
    private static final Set<OpenFlag> CREATE = EnumSet.of(OpenFlag.CREATE);
    private static final Set<DescriptorFlag> READ = EnumSet.of(DescriptorFlag.READ);
    private static final Set<DescriptorFlag> READ_WRITE = EnumSet.of(DescriptorFlag.READ, DescriptorFlag.WRITE);

    @TempDir
    Path temp;

    private Path granted;
    private final OpenThings registry = new OpenThings(50);
    private Descriptor dir;

    /** A node of the kind under test. */
    abstract Node node(Path directory) throws IOException;

    @BeforeEach
    void open() throws IOException {
        granted = Files.createDirectory(temp.resolve("granted"));
        Files.writeString(temp.resolve("secret"), "secret");
        dir = directory(granted, true);
    }

    @AfterEach
    void close() throws IOException {
        dir.close();
        registry.close();
    }

    private Descriptor directory(Path path, boolean writable) throws IOException {
        return DirectoryDescriptor.open(
                node(path), EnumSet.of(DescriptorFlag.MUTATE_DIRECTORY), writable, registry, DiskQuota.NONE);
    }

    private Descriptor file(String path) {
        return value(dir.openAt(NO_FOLLOW, path, CREATE, READ_WRITE));
    }

    private ErrorCode openError(String path) {
        ErrorCode following = error(dir.openAt(FOLLOW, path, EXISTING, READ));
        assertEquals(following, error(dir.statAt(FOLLOW, path)), "stat-at and open-at differ for " + path);
        return following;
    }

    // Paths

    @Test
    void pathsThatLeaveTheDirectoryAreNotPermitted() throws IOException {
        Files.createDirectories(granted.resolve("a/b"));
        for (String path : new String[] {
            "..", "../secret", "../granted", "/", "/etc/passwd", "a/../../secret", "a/b/../../../secret", "a/../.."
        }) {
            assertEquals(ErrorCode.NOT_PERMITTED, openError(path), path);
            assertEquals(ErrorCode.NOT_PERMITTED, error(dir.unlinkFileAt(path)), path);
            assertEquals(ErrorCode.NOT_PERMITTED, error(dir.createDirectoryAt(path)), path);
            assertEquals(ErrorCode.NOT_PERMITTED, error(dir.symlinkAt("x", path)), path);
            assertEquals(ErrorCode.NOT_PERMITTED, error(dir.readlinkAt(path)), path);
        }
        assertTrue(value(dir.statAt(NO_FOLLOW, "a/b/..")).type() == DescriptorType.DIRECTORY);
    }

    @Test
    void linksThatLeaveTheDirectoryAreNotFollowed() throws IOException {
        Files.createSymbolicLink(granted.resolve("absolute"), temp.resolve("secret"));
        Files.createSymbolicLink(granted.resolve("up"), Path.of("../secret"));
        Files.createSymbolicLink(granted.resolve("outside"), Path.of(".."));
        Files.createSymbolicLink(granted.resolve("chain"), Path.of("up"));
        for (String path : new String[] {"absolute", "up", "outside/secret", "chain", "outside/", "outside/granted"}) {
            assertEquals(ErrorCode.NOT_PERMITTED, openError(path), path);
            assertEquals(
                    ErrorCode.NOT_PERMITTED, error(dir.openAt(FOLLOW, path, CREATE, READ_WRITE)), path + " with create");
        }
        assertEquals(ErrorCode.NOT_PERMITTED, error(dir.renameAt("outside/secret", dir, "stolen")));
        assertEquals(ErrorCode.NOT_PERMITTED, error(dir.linkAt(NO_FOLLOW, "outside/secret", dir, "stolen")));
        assertEquals(ErrorCode.NOT_PERMITTED, error(dir.readlinkAt("absolute")));
        assertEquals("../secret", value(dir.readlinkAt("up")));
        assertEquals(ErrorCode.LOOP, error(dir.openAt(NO_FOLLOW, "up", EXISTING, READ)));
        assertEquals("secret", Files.readString(temp.resolve("secret")));
    }

    @Test
    void linksWithinTheDirectoryAreFollowedWhereAsked() throws IOException {
        Files.createDirectories(granted.resolve("a/b"));
        Files.writeString(granted.resolve("a/file"), "here");
        value(dir.symlinkAt("../file", "a/b/link"));
        value(dir.symlinkAt("a/b", "short"));
        assertEquals(4, value(dir.statAt(FOLLOW, "short/link")).size());
        assertEquals(DescriptorType.SYMBOLIC_LINK, value(dir.statAt(NO_FOLLOW, "short/link")).type());
        assertEquals(DescriptorType.SYMBOLIC_LINK, value(dir.statAt(NO_FOLLOW, "short")).type());
        assertEquals(DescriptorType.DIRECTORY, value(dir.statAt(NO_FOLLOW, "short/")).type());
        assertEquals(DescriptorType.DIRECTORY, value(dir.statAt(NO_FOLLOW, "short/..")).type());
        assertEquals(value(dir.metadataHashAt(NO_FOLLOW, "a")), value(dir.metadataHashAt(NO_FOLLOW, "short/..")));
    }

    @Test
    void linkLoopsAndLongChainsEnd() throws IOException {
        value(dir.symlinkAt("b", "a"));
        value(dir.symlinkAt("a", "b"));
        value(dir.symlinkAt("self/x", "self"));
        assertEquals(ErrorCode.LOOP, openError("a"));
        assertEquals(ErrorCode.LOOP, openError("a/x"));
        assertEquals(ErrorCode.LOOP, openError("self"));
        // Each link doubles the way that is left; the number of links must bound it.
        value(dir.createDirectoryAt("d"));
        value(dir.symlinkAt("d/..", "l0"));
        for (int i = 1; i < 30; i++) {
            value(dir.symlinkAt("l" + (i - 1) + "/l" + (i - 1), "l" + i));
        }
        assertEquals(ErrorCode.LOOP, openError("l29/x"));
    }

    @Test
    void danglingLinksGiveNoEntryAndCreateTheirTargetInside() throws IOException {
        value(dir.symlinkAt("target", "dangling"));
        assertEquals(ErrorCode.NO_ENTRY, openError("dangling"));
        assertEquals(
                ErrorCode.EXIST,
                error(dir.openAt(FOLLOW, "dangling", EnumSet.of(OpenFlag.CREATE, OpenFlag.EXCLUSIVE), READ_WRITE)));
        value(dir.openAt(FOLLOW, "dangling", CREATE, READ_WRITE)).close();
        assertTrue(Files.isRegularFile(granted.resolve("target")));
    }

    @Test
    void trailingSlashesMeanDirectories() {
        file("file").close();
        value(dir.createDirectoryAt("sub/"));
        for (String path : new String[] {"file/", "file///", "file/.", "file/x"}) {
            assertEquals(ErrorCode.NOT_DIRECTORY, openError(path), path);
        }
        assertEquals(ErrorCode.NOT_DIRECTORY, error(dir.unlinkFileAt("file/")));
        assertEquals(ErrorCode.NOT_DIRECTORY, error(dir.renameAt("file/", dir, "other")));
        assertEquals(ErrorCode.NOT_DIRECTORY, error(dir.renameAt("file", dir, "other/")));
        assertEquals(ErrorCode.NOT_DIRECTORY, error(dir.linkAt(NO_FOLLOW, "file/", dir, "other")));
        assertEquals(ErrorCode.IS_DIRECTORY, error(dir.openAt(NO_FOLLOW, "new/", CREATE, READ_WRITE)));
        value(dir.openAt(NO_FOLLOW, "sub///", EXISTING, READ)).close();
        value(dir.renameAt("sub/", dir, "moved/"));
        value(dir.removeDirectoryAt("moved/"));
    }

    @Test
    void oddPathsGiveErrorsAndNothingElse() {
        assertEquals(ErrorCode.NO_ENTRY, openError(""));
        assertEquals(ErrorCode.INVALID, openError("a\0b"));
        assertEquals(ErrorCode.NAME_TOO_LONG, openError("x".repeat(300)));
        assertEquals(ErrorCode.NAME_TOO_LONG, openError("x/".repeat(10_000)));
        assertEquals(ErrorCode.NO_ENTRY, openError("missing/file"));
        assertEquals(ErrorCode.NO_ENTRY, error(dir.symlinkAt("", "link")));
        assertEquals(ErrorCode.NOT_PERMITTED, error(dir.symlinkAt("/etc/passwd", "link")));
        assertEquals(ErrorCode.INVALID, error(dir.symlinkAt("a\0", "link")));
        value(dir.createDirectoryAt("übergroß ☂ 🌧"));
        assertEquals(DescriptorType.DIRECTORY, value(dir.statAt(NO_FOLLOW, "übergroß ☂ 🌧")).type());
    }

    @Test
    void deepPathsAreBounded() throws IOException {
        Descriptor at = dir;
        for (int i = 0; i < 300; i++) {
            value(at.createDirectoryAt("d"));
            Descriptor next = value(at.openAt(NO_FOLLOW, "d", EXISTING, READ));
            if (at != dir) {
                at.close();
            }
            at = next;
        }
        at.close();
        assertEquals(ErrorCode.NAME_TOO_LONG, openError("d/".repeat(300) + "x"));
    }

    // Files

    @Test
    void bytesWrittenAreRead() {
        Descriptor file = file("data");
        assertEquals(3, value(file.write(new byte[] {1, 2, 3}, 2)));
        var chunk = value(file.read(100, 0));
        assertArrayEquals(new byte[] {0, 0, 1, 2, 3}, chunk.bytes());
        assertFalse(chunk.end());
        assertTrue(value(file.read(100, 5)).end());
        assertTrue(value(file.read(-1, 1L << 40)).end());
        assertEquals(5, value(file.stat()).size());
        file.close();
    }

    @Test
    void offsetsAndSizesBeyondTheSystemsAreErrors() {
        Descriptor file = file("data");
        assertEquals(ErrorCode.INVALID, error(file.read(1, -1)));
        assertEquals(ErrorCode.INVALID, error(file.write(new byte[1], Long.MIN_VALUE)));
        assertEquals(ErrorCode.FILE_TOO_LARGE, error(file.write(new byte[2], Long.MAX_VALUE)));
        assertEquals(ErrorCode.FILE_TOO_LARGE, error(file.setSize(-1)));
        assertInstanceOf(Result.Err.class, file.setSize(Long.MAX_VALUE));
        assertEquals(ErrorCode.INVALID, error(file.readViaStream(-1)));
        assertEquals(ErrorCode.INVALID, error(file.writeViaStream(-1)));
        assertEquals(ErrorCode.INVALID, error(file.advise(-1, 0, Advice.NORMAL)));
        file.close();
    }

    @Test
    void sizeCanGrowAndShrink() {
        Descriptor file = file("data");
        value(file.write(new byte[] {9, 9, 9}, 0));
        value(file.setSize(6));
        assertArrayEquals(new byte[] {9, 9, 9, 0, 0, 0}, value(file.read(10, 0)).bytes());
        value(file.setSize(1));
        assertEquals(1, value(file.stat()).size());
        value(file.syncData());
        value(file.sync());
        file.close();
    }

    @Test
    void streamsReadWriteAndAppend() {
        Descriptor file = file("data");
        GuestOutput output = value(file.writeViaStream(1));
        value(output.blockingWriteAndFlush("bc".getBytes()));
        value(output.write("d".getBytes()));
        GuestOutput appender = value(file.appendViaStream());
        value(appender.blockingWriteAndFlush("ef".getBytes()));
        assertThrows(Trap.class, () -> output.write(new byte[2 << 20]));
        GuestInput input = value(file.readViaStream(1));
        file.close();
        assertEquals("bcdef", new String(value(input.blockingRead(100))));
        assertInstanceOf(StreamError.Closed.class, error(input.read(100)));
        output.close();
        appender.close();
        input.close();
        assertTrue(registry.hasRoom());
    }

    @Test
    void modesAreRespected() {
        file("data").close();
        Descriptor readOnly = value(dir.openAt(NO_FOLLOW, "data", EXISTING, READ));
        assertEquals(ErrorCode.BAD_DESCRIPTOR, error(readOnly.write(new byte[1], 0)));
        assertEquals(ErrorCode.BAD_DESCRIPTOR, error(readOnly.writeViaStream(0)));
        assertEquals(ErrorCode.BAD_DESCRIPTOR, error(readOnly.appendViaStream()));
        assertEquals(ErrorCode.INVALID, error(readOnly.setSize(0)));
        assertEquals(READ, value(readOnly.getFlags()));
        readOnly.close();
        Descriptor writeOnly = value(dir.openAt(NO_FOLLOW, "data", EXISTING, EnumSet.of(DescriptorFlag.WRITE)));
        assertEquals(ErrorCode.BAD_DESCRIPTOR, error(writeOnly.read(1, 0)));
        assertEquals(ErrorCode.BAD_DESCRIPTOR, error(writeOnly.readViaStream(0)));
        writeOnly.close();
    }

    @Test
    void openFlagsActAsInPosix() throws IOException {
        Files.writeString(granted.resolve("file"), "content");
        value(dir.createDirectoryAt("sub"));
        Set<OpenFlag> exclusive = EnumSet.of(OpenFlag.CREATE, OpenFlag.EXCLUSIVE);
        Set<OpenFlag> directory = EnumSet.of(OpenFlag.DIRECTORY);
        assertEquals(ErrorCode.EXIST, error(dir.openAt(NO_FOLLOW, "file", exclusive, READ_WRITE)));
        assertEquals(ErrorCode.NOT_DIRECTORY, error(dir.openAt(NO_FOLLOW, "file", directory, READ)));
        assertEquals(ErrorCode.IS_DIRECTORY, error(dir.openAt(NO_FOLLOW, "sub", EXISTING, READ_WRITE)));
        assertEquals(
                ErrorCode.INVALID,
                error(dir.openAt(NO_FOLLOW, "sub", EnumSet.of(OpenFlag.DIRECTORY, OpenFlag.CREATE), READ)));
        value(dir.openAt(NO_FOLLOW, "file", CREATE, READ_WRITE)).close();
        assertEquals("content", Files.readString(granted.resolve("file")));
        value(dir.openAt(NO_FOLLOW, "file", EnumSet.of(OpenFlag.TRUNCATE), READ_WRITE)).close();
        assertEquals("", Files.readString(granted.resolve("file")));
        Descriptor sub = value(dir.openAt(NO_FOLLOW, "sub", directory, READ));
        assertEquals(ErrorCode.IS_DIRECTORY, error(sub.readViaStream(0)));
        assertEquals(ErrorCode.BAD_DESCRIPTOR, error(sub.read(1, 0)));
        value(sub.sync());
        sub.close();
        assertEquals(ErrorCode.NOT_DIRECTORY, error(file("file").openAt(NO_FOLLOW, "x", EXISTING, READ)));
    }

    @Test
    void readOnlyGrantsAllowNoChange() throws IOException {
        Files.writeString(granted.resolve("file"), "content");
        Files.createDirectory(granted.resolve("sub"));
        Descriptor readOnly = directory(granted, false);
        NewTimestamp now = new NewTimestamp.Now();
        for (Set<OpenFlag> flags : Set.of(CREATE, EnumSet.of(OpenFlag.TRUNCATE))) {
            assertEquals(ErrorCode.NOT_PERMITTED, error(readOnly.openAt(NO_FOLLOW, "file", flags, READ)));
        }
        assertEquals(ErrorCode.NOT_PERMITTED, error(readOnly.openAt(NO_FOLLOW, "file", EXISTING, READ_WRITE)));
        assertEquals(ErrorCode.NOT_PERMITTED, error(readOnly.createDirectoryAt("new")));
        assertEquals(ErrorCode.NOT_PERMITTED, error(readOnly.unlinkFileAt("file")));
        assertEquals(ErrorCode.NOT_PERMITTED, error(readOnly.removeDirectoryAt("sub")));
        assertEquals(ErrorCode.NOT_PERMITTED, error(readOnly.symlinkAt("file", "link")));
        assertEquals(ErrorCode.NOT_PERMITTED, error(readOnly.setTimes(now, now)));
        assertEquals(ErrorCode.NOT_PERMITTED, error(readOnly.setTimesAt(NO_FOLLOW, "file", now, now)));
        assertEquals(ErrorCode.NOT_PERMITTED, error(readOnly.linkAt(NO_FOLLOW, "file", dir, "link")));
        assertEquals(ErrorCode.NOT_PERMITTED, error(dir.linkAt(NO_FOLLOW, "file", readOnly, "link")));
        assertEquals(ErrorCode.NOT_PERMITTED, error(readOnly.renameAt("file", dir, "moved")));
        assertEquals(ErrorCode.NOT_PERMITTED, error(dir.renameAt("file", readOnly, "moved")));
        Descriptor sub = value(readOnly.openAt(
                NO_FOLLOW, "sub", EXISTING, EnumSet.of(DescriptorFlag.READ, DescriptorFlag.MUTATE_DIRECTORY)));
        assertEquals(READ, value(sub.getFlags()));
        assertEquals(ErrorCode.NOT_PERMITTED, error(sub.createDirectoryAt("new")));
        Descriptor file = value(readOnly.openAt(NO_FOLLOW, "file", EXISTING, READ));
        assertEquals(ErrorCode.NOT_PERMITTED, error(file.write(new byte[1], 0)));
        assertEquals(ErrorCode.NOT_PERMITTED, error(file.writeViaStream(0)));
        assertEquals(ErrorCode.NOT_PERMITTED, error(file.appendViaStream()));
        assertEquals(ErrorCode.NOT_PERMITTED, error(file.setSize(0)));
        assertEquals(ErrorCode.NOT_PERMITTED, error(file.setTimes(now, now)));
        assertEquals("content", new String(value(file.read(100, 0)).bytes()));
    }

    // Names

    @Test
    void removingRespectsTypes() {
        file("file").close();
        value(dir.createDirectoryAt("sub"));
        value(dir.createDirectoryAt("sub/inner"));
        assertEquals(ErrorCode.IS_DIRECTORY, error(dir.unlinkFileAt("sub")));
        assertEquals(ErrorCode.IS_DIRECTORY, error(dir.unlinkFileAt("sub/")));
        assertEquals(ErrorCode.NOT_DIRECTORY, error(dir.removeDirectoryAt("file")));
        assertEquals(ErrorCode.NOT_EMPTY, error(dir.removeDirectoryAt("sub")));
        assertEquals(ErrorCode.INVALID, error(dir.removeDirectoryAt(".")));
        assertEquals(ErrorCode.NO_ENTRY, error(dir.removeDirectoryAt("none")));
        assertEquals(ErrorCode.NO_ENTRY, error(dir.unlinkFileAt("none")));
        assertEquals(ErrorCode.EXIST, error(dir.createDirectoryAt("sub")));
        assertEquals(ErrorCode.EXIST, error(dir.createDirectoryAt("file")));
        value(dir.removeDirectoryAt("sub/inner"));
        value(dir.removeDirectoryAt("sub"));
        value(dir.unlinkFileAt("file"));
    }

    @Test
    void renamingReplacesOnlyTheSameKind() throws IOException {
        file("file").close();
        Files.writeString(granted.resolve("other"), "other");
        value(dir.createDirectoryAt("empty"));
        value(dir.createDirectoryAt("full"));
        value(dir.createDirectoryAt("full/inner"));
        assertEquals(ErrorCode.IS_DIRECTORY, error(dir.renameAt("file", dir, "empty")));
        assertEquals(ErrorCode.NOT_DIRECTORY, error(dir.renameAt("empty", dir, "file")));
        assertEquals(ErrorCode.NOT_EMPTY, error(dir.renameAt("empty", dir, "full")));
        assertEquals(ErrorCode.INVALID, error(dir.renameAt("full", dir, "full/inner/x")));
        assertEquals(ErrorCode.NO_ENTRY, error(dir.renameAt("none", dir, "x")));
        assertInstanceOf(Result.Err.class, dir.renameAt(".", dir, "x"));
        value(dir.renameAt("full", dir, "empty"));
        value(dir.renameAt("other", dir, "file"));
        assertEquals("other", Files.readString(granted.resolve("file")));
    }

    @Test
    void hardLinksShareTheFile() {
        Descriptor file = file("file");
        value(dir.createDirectoryAt("sub"));
        value(dir.linkAt(NO_FOLLOW, "file", dir, "sub/link"));
        Descriptor link = value(dir.openAt(NO_FOLLOW, "sub/link", EXISTING, READ));
        assertTrue(file.isSameObject(link));
        assertEquals(2, value(link.stat()).linkCount());
        assertEquals(value(file.metadataHash()), value(link.metadataHash()));
        assertNotEquals(value(file.metadataHash()), value(dir.metadataHash()));
        assertFalse(file.isSameObject(dir));
        assertEquals(ErrorCode.EXIST, error(dir.linkAt(NO_FOLLOW, "file", dir, "sub/link")));
        assertEquals(ErrorCode.NOT_PERMITTED, error(dir.linkAt(NO_FOLLOW, "sub", dir, "x")));
        assertEquals(ErrorCode.INVALID, error(dir.linkAt(FOLLOW, "file", dir, "x")));
        assertEquals(ErrorCode.NOT_DIRECTORY, error(dir.linkAt(NO_FOLLOW, "file", file, "x")));
        file.close();
        link.close();
    }

    @Test
    void listingGivesEveryEntryOnceWithItsType() throws IOException {
        file("file").close();
        value(dir.createDirectoryAt("sub"));
        value(dir.symlinkAt("nowhere", "link"));
        DirectoryEntryStream stream = value(dir.readDirectory());
        Set<String> seen = new TreeSet<>();
        for (Optional<DirectoryEntry> entry = value(stream.readDirectoryEntry());
                entry.isPresent();
                entry = value(stream.readDirectoryEntry())) {
            seen.add(entry.get().name() + " " + entry.get().type());
        }
        assertEquals(Set.of("file REGULAR_FILE", "sub DIRECTORY", "link SYMBOLIC_LINK"), seen);
        stream.close();
        assertEquals(ErrorCode.NOT_DIRECTORY, error(file("file").readDirectory()));
    }

    // Times

    @Test
    void timesCanBeSetAloneOrTogether() {
        Descriptor file = file("file");
        Datetime early = new Datetime(1000, 5000);
        value(file.setTimes(new NewTimestamp.NoChange(), new NewTimestamp.Timestamp(early)));
        assertEquals(Optional.of(early), value(file.stat()).dataModificationTimestamp());
        assertNotEquals(Optional.of(early), value(file.stat()).dataAccessTimestamp());
        value(dir.setTimesAt(NO_FOLLOW, "file", new NewTimestamp.Timestamp(early), new NewTimestamp.Now()));
        assertEquals(Optional.of(early), value(file.stat()).dataAccessTimestamp());
        assertTrue(value(file.stat()).dataModificationTimestamp().orElseThrow().seconds() > 1_000_000_000L);
        file.close();
    }

    @Test
    void impossibleTimesAreErrors() throws IOException {
        Descriptor file = file("file");
        NewTimestamp none = new NewTimestamp.NoChange();
        assertEquals(
                ErrorCode.INVALID,
                error(file.setTimes(none, new NewTimestamp.Timestamp(new Datetime(0, 1_000_000_000)))));
        assertEquals(ErrorCode.INVALID, error(file.setTimes(none, new NewTimestamp.Timestamp(new Datetime(0, -1)))));
        assertEquals(ErrorCode.OVERFLOW, error(file.setTimes(none, new NewTimestamp.Timestamp(new Datetime(-1, 0)))));
        Files.setLastModifiedTime(
                granted.resolve("file"), java.nio.file.attribute.FileTime.from(Instant.parse("1950-01-01T00:00:00Z")));
        assertEquals(Optional.empty(), value(file.stat()).dataModificationTimestamp());
        file.close();
    }

    // Bounds

    @Test
    void descriptorsAreBoundedWhateverHoldsThem() {
        file("file").close();
        for (int i = 0; i < 49; i++) { // beside the directory itself
            Descriptor file = value(dir.openAt(NO_FOLLOW, "file", EXISTING, READ));
            value(file.readViaStream(0)); // keeps the file open
            file.close();
        }
        assertEquals(ErrorCode.QUOTA, error(dir.openAt(NO_FOLLOW, "file", EXISTING, READ)));
        assertEquals(ErrorCode.QUOTA, error(dir.readDirectory()));
    }
}
