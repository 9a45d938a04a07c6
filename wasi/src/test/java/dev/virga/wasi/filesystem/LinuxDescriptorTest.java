package dev.virga.wasi.filesystem;

import static dev.virga.wasi.io.Results.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.wasi.OpenThings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class LinuxDescriptorTest extends DescriptorTest {

    private static final Set<PathFlag> FOLLOW = EnumSet.of(PathFlag.SYMLINK_FOLLOW);
    private static final Set<OpenFlag> EXISTING = EnumSet.noneOf(OpenFlag.class);
    private static final Set<DescriptorFlag> READ = EnumSet.of(DescriptorFlag.READ);

    @Override
    Node node(Path directory) throws IOException {
        assertTrue(LinuxNode.AVAILABLE);
        return LinuxNode.open(directory.toRealPath());
    }

    @Test
    void descriptorsStayWithTheirFileWhenItIsRenamedOrRemoved() throws IOException {
        Files.createDirectories(temp.resolve("root/a"));
        Files.writeString(temp.resolve("root/a/file"), "content");
        OpenThings registry = new OpenThings(10);
        try (Descriptor root = DirectoryDescriptor.open(node(temp.resolve("root")), READ, true, registry, DiskQuota.NONE);
                Descriptor a = value(root.openAt(FOLLOW, "a", EXISTING, READ));
                Descriptor file = value(a.openAt(FOLLOW, "file", EXISTING, READ))) {
            Files.move(temp.resolve("root"), temp.resolve("moved"));
            assertEquals(7, value(a.statAt(FOLLOW, "file")).size());
            Files.delete(temp.resolve("moved/a/file"));
            assertEquals(7, value(file.stat()).size());
            assertEquals(0, value(file.stat()).linkCount());
        }
    }

    /** Another process turns a directory into a link to the outside and back, as fast as it can. */
    @Test
    void aDirectoryReplacedByALinkMeanwhileLeadsNowhere() throws Exception {
        Path root = Files.createDirectories(temp.resolve("root/dir/sub")).getParent().getParent();
        Files.writeString(root.resolve("dir/sub/file"), "inside");
        Path outside = Files.createDirectories(temp.resolve("outside/sub")).getParent();
        Files.writeString(outside.resolve("sub/file"), "outside!");
        Files.createSymbolicLink(root.resolve("link"), outside);
        AtomicBoolean stop = new AtomicBoolean();
        Thread attacker = Thread.ofPlatform().start(() -> {
            try {
                while (!stop.get()) {
                    Files.move(root.resolve("dir"), root.resolve("away"), StandardCopyOption.ATOMIC_MOVE);
                    Files.move(root.resolve("link"), root.resolve("dir"), StandardCopyOption.ATOMIC_MOVE);
                    Files.move(root.resolve("dir"), root.resolve("link"), StandardCopyOption.ATOMIC_MOVE);
                    Files.move(root.resolve("away"), root.resolve("dir"), StandardCopyOption.ATOMIC_MOVE);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
        int opened = 0;
        long end = System.nanoTime() + 2_000_000_000L;
        OpenThings registry = new OpenThings(10);
        try (Descriptor dir = DirectoryDescriptor.open(node(root), READ, true, registry, DiskQuota.NONE)) {
            for (int i = 0; i < 20_000 && System.nanoTime() < end; i++) {
                if (dir.openAt(FOLLOW, "dir/sub/file", EXISTING, READ)
                        instanceof Result.Ok<Descriptor, ErrorCode>(Descriptor file)) {
                    opened++;
                    assertEquals("inside", new String(value(file.read(100, 0)).bytes()));
                    file.close();
                }
                dir.createDirectoryAt("dir/made");
                dir.unlinkFileAt("dir/sub/none");
                dir.removeDirectoryAt("dir/made");
            }
        } finally {
            stop.set(true);
            attacker.join();
        }
        assertTrue(opened > 0, "the attack left no chance to open anything");
        assertTrue(Files.notExists(outside.resolve("made"), LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void pipesAndSocketsAreNotOpened() throws Exception {
        Process mkfifo = new ProcessBuilder("mkfifo", temp.resolve("pipe").toString()).start();
        assertEquals(0, mkfifo.waitFor());
        OpenThings registry = new OpenThings(10);
        try (Descriptor dir = DirectoryDescriptor.open(node(temp), READ, true, registry, DiskQuota.NONE)) {
            assertEquals(Result.err(ErrorCode.UNSUPPORTED), dir.openAt(FOLLOW, "pipe", EXISTING, READ));
            assertEquals(DescriptorType.FIFO, value(dir.statAt(FOLLOW, "pipe")).type());
        }
    }

    @Test
    void nothingLeaksDescriptorsOfTheProcess() throws IOException {
        Files.createDirectories(temp.resolve("a/b"));
        Files.writeString(temp.resolve("a/b/file"), "x");
        OpenThings registry = new OpenThings(10);
        try (Descriptor dir = DirectoryDescriptor.open(node(temp), READ, true, registry, DiskQuota.NONE)) {
            useEverything(dir);
            long before = openDescriptors();
            for (int i = 0; i < 100; i++) {
                useEverything(dir);
            }
            assertTrue(openDescriptors() < before + 50, "from " + before + " to " + openDescriptors());
        }
    }

    private static void useEverything(Descriptor dir) throws IOException {
        value(dir.openAt(FOLLOW, "a/b/file", EXISTING, READ)).close();
        value(dir.openAt(FOLLOW, "a", EXISTING, READ)).close();
        value(dir.readDirectory()).close();
        value(dir.statAt(FOLLOW, "a/b/../b/file"));
        dir.openAt(FOLLOW, "a/b/none", EXISTING, READ);
        dir.openAt(FOLLOW, "a/b", EnumSet.of(OpenFlag.TRUNCATE), READ);
        dir.openAt(FOLLOW, "a/b/file/", EXISTING, READ);
        dir.createDirectoryAt("a/b/../../../x");
    }

    private static long openDescriptors() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
