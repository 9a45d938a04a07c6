package dev.virga.wasi.filesystem;

import static dev.virga.wasi.io.Results.error;
import static dev.virga.wasi.io.Results.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.wasi.OpenThings;
import dev.virga.wasi.io.GuestOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisabledOnOs(OS.WINDOWS)
class DiskQuotaTest {

    private static final Set<PathFlag> NO_FOLLOW = Set.of();
    private static final Set<OpenFlag> CREATE = Set.of(OpenFlag.CREATE);
    private static final Set<DescriptorFlag> READ_WRITE = Set.of(DescriptorFlag.READ, DescriptorFlag.WRITE);
    private static final int ROOM = 1 << 20;

    @TempDir
    private Path folder;

    private final OpenThings registry = new OpenThings(100);
    private final AtomicInteger refusals = new AtomicInteger();
    private final DiskQuota quota = new DiskQuota(ROOM, refusals::incrementAndGet);
    private Descriptor dir;

    @BeforeEach
    void open() throws IOException {
        dir = directory(folder, quota);
    }

    @AfterEach
    void close() throws IOException {
        registry.close();
    }

    private Descriptor directory(Path path, DiskQuota quota) throws IOException {
        return DirectoryDescriptor.open(
                Node.root(path), Set.of(DescriptorFlag.MUTATE_DIRECTORY), true, registry, quota);
    }

    private Descriptor file(String name) {
        return value(dir.openAt(NO_FOLLOW, name, CREATE, READ_WRITE));
    }

    @Test
    void whatDoesNotFitIsRefusedAndNothingOfItWritten() {
        Descriptor file = file("a");
        assertEquals(ErrorCode.QUOTA, error(file.write(new byte[ROOM], 0)));
        assertEquals(0, value(file.stat()).size());
        assertEquals(ErrorCode.QUOTA, error(file.setSize(ROOM)));
        assertEquals(ErrorCode.QUOTA, error(file.write(new byte[1], ROOM)));
        long rest = ROOM - DiskQuota.ENTRY;
        value(file.setSize(rest));
        assertEquals(ROOM, quota.used());
        value(file.write(new byte[100], rest - 100));
        assertEquals(ErrorCode.QUOTA, error(file.write(new byte[2], rest - 1)));
        GuestOutput end = value(file.appendViaStream());
        assertTrue(!end.blockingWriteAndFlush(new byte[1]).isOk());
        assertEquals(ErrorCode.QUOTA, error(dir.createDirectoryAt("b")));
        assertEquals(ErrorCode.QUOTA, error(dir.symlinkAt("a", "b")));
        assertEquals(ErrorCode.QUOTA, error(dir.openAt(NO_FOLLOW, "b", CREATE, READ_WRITE)));
        end.close();
        assertEquals(1, refusals.get(), "told once");
    }

    @Test
    void aFileThatIsRemovedWhileItIsOpenTakesItsRoomUntilItIsClosed() {
        for (int i = 0; i < 3; i++) {
            Descriptor file = file("a");
            Descriptor again = file("a");
            value(file.write(new byte[ROOM / 2], 0));
            value(dir.unlinkFileAt("a"));
            assertEquals(ROOM / 2, quota.used());
            value(file.write(new byte[1000], ROOM / 2));
            assertEquals(ErrorCode.QUOTA, error(file.setSize(ROOM + 1)));
            file.close();
            assertEquals(ROOM / 2 + 1000, quota.used());
            again.close();
            assertEquals(0, quota.used());
        }
    }

    @Test
    void filesCannotLeaveForAPlaceWithAnotherQuota() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        file("a").close();
        assertEquals(ErrorCode.CROSS_DEVICE, error(dir.renameAt("a", directory(other, DiskQuota.NONE), "a")));
        assertEquals(ErrorCode.CROSS_DEVICE, error(dir.linkAt(NO_FOLLOW, "a", directory(other, DiskQuota.NONE), "a")));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatIsCountedIsWhatIsThere(long seed) throws IOException {
        Random random = new Random(seed);
        List<Descriptor> files = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            String name = name(random);
            switch (random.nextInt(11)) {
                case 0, 1 -> {
                    Set<OpenFlag> flags = random.nextBoolean() ? CREATE : Set.of(OpenFlag.CREATE, OpenFlag.TRUNCATE);
                    Result<Descriptor, ErrorCode> opened = dir.openAt(NO_FOLLOW, name, flags, READ_WRITE);
                    if (opened.isOk() && files.size() < 40) {
                        files.add(value(opened));
                    } else if (opened.isOk()) {
                        value(opened).close();
                    }
                }
                case 2, 3 -> any(files, random, f -> f.write(new byte[random.nextInt(30_000)], random.nextInt(100_000)));
                case 4 -> any(files, random, f -> f.setSize(random.nextInt(100_000)));
                case 5 -> any(files, random, f -> {
                    try (GuestOutput end = value(f.appendViaStream())) {
                        end.blockingWriteAndFlush(new byte[random.nextInt(4000)]);
                    }
                });
                case 6 -> dir.unlinkFileAt(name);
                case 7 -> dir.renameAt(name, dir, name(random));
                case 8 -> dir.linkAt(NO_FOLLOW, name, dir, name(random));
                case 9 -> {
                    if (random.nextBoolean()) {
                        dir.createDirectoryAt(name);
                    } else {
                        dir.removeDirectoryAt(name);
                    }
                }
                default -> {
                    if (!files.isEmpty()) {
                        files.remove(random.nextInt(files.size())).close();
                    }
                }
            }
            if (i % 50 == 0) {
                assertEquals(there(files), quota.used(), "after " + i + " steps");
                assertTrue(quota.used() <= ROOM);
            }
        }
        files.forEach(Descriptor::close);
        assertEquals(there(List.of()), quota.used());
    }

    private static String name(Random random) {
        return "f" + random.nextInt(12);
    }

    private interface Step {
        void on(Descriptor file);
    }

    private static void any(List<Descriptor> files, Random random, Step step) {
        if (!files.isEmpty()) {
            step.on(files.get(random.nextInt(files.size())));
        }
    }

    /** Names, and each file's bytes once, removed ones that are open too. */
    private long there(List<Descriptor> open) throws IOException {
        Map<Object, Long> sizes = new HashMap<>();
        long names = 0;
        try (Stream<Path> all = Files.list(folder)) {
            for (Path path : all.toList()) {
                names++;
                if (!Files.isDirectory(path)) {
                    sizes.put(Files.getAttribute(path, "unix:ino"), Files.size(path));
                }
            }
        }
        for (Descriptor file : open) {
            DescriptorStat stat = value(file.stat());
            if (stat.linkCount() == 0) {
                sizes.put(value(file.metadataHash()), stat.size());
            }
        }
        return names * DiskQuota.ENTRY + sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
