package dev.virga.engine.memory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/** The system calls that map memory copy-on-write. The constants are Linux's on x86-64 and aarch64. */
public final class LinuxMemory {

    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 0x01;
    private static final int MAP_PRIVATE = 0x02;
    private static final int MAP_FIXED = 0x10;
    private static final int MAP_ANONYMOUS = 0x20;
    private static final int MAP_NORESERVE = 0x4000;
    private static final int MADV_DONTNEED = 4;
    private static final int MFD_CLOEXEC = 1;

    /** The page size of the largest kernels in use; mapping offsets that are multiples of it fit all. */
    public static final long PAGE = 65_536;

    private final MethodHandle mmap;
    private final MethodHandle munmap;
    private final MethodHandle madvise;
    private final MethodHandle memfdCreate;
    private final MethodHandle ftruncate;
    private final MethodHandle close;

    private LinuxMemory(Linker linker, SymbolLookup libc) {
        mmap = bind(linker, libc, "mmap",
                FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
        munmap = bind(linker, libc, "munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
        madvise = bind(linker, libc, "madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
        memfdCreate = bind(linker, libc, "memfd_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
        ftruncate = bind(linker, libc, "ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG));
        close = bind(linker, libc, "close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    }

    private static MethodHandle bind(Linker linker, SymbolLookup libc, String name, FunctionDescriptor type) {
        return linker.downcallHandle(libc.findOrThrow(name), type);
    }

    /** The calls, where this is a 64-bit Linux and the JVM allows them. */
    public static Optional<LinuxMemory> find() {
        String arch = System.getProperty("os.arch");
        if (!System.getProperty("os.name").equals("Linux") || !arch.equals("amd64") && !arch.equals("aarch64")) {
            return Optional.empty();
        }
        try {
            Linker linker = Linker.nativeLinker();
            return Optional.of(new LinuxMemory(linker, linker.defaultLookup()));
        } catch (UnsupportedOperationException | IllegalCallerException | java.util.NoSuchElementException e) {
            return Optional.empty();
        }
    }

    /** Reserves address space that reads as zero and takes memory only where it is written; 0 if refused. */
    public long reserve(long bytes) {
        return map(0, bytes, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);
    }

    /** Maps a file over reserved space; what is written there stays private. False if refused. */
    public boolean mapCopyOnWrite(long address, long bytes, int file) {
        return map(address, bytes, MAP_PRIVATE | MAP_FIXED | MAP_NORESERVE, file) != 0;
    }

    private long map(long address, long bytes, int flags, int file) {
        try {
            long result = (long) mmap.invokeExact(address, bytes, PROT_READ_WRITE, flags, file, 0L);
            return result == -1 ? 0 : result;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    public void unmap(long address, long bytes) {
        try {
            int ignored = (int) munmap.invokeExact(address, bytes);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Drops what was written: anonymous pages read as zero again, file pages as the file. */
    public boolean discard(long address, long bytes) {
        try {
            return (int) madvise.invokeExact(address, bytes, MADV_DONTNEED) == 0;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** A file in memory with this content from {@code start} on, −1 if refused. */
    public int imageFile(MemoryImage image, long start, long bytes) {
        try (Arena arena = Arena.ofConfined()) {
            int file = (int) memfdCreate.invokeExact(arena.allocateFrom("virga-image"), MFD_CLOEXEC);
            if (file < 0) {
                return -1;
            }
            long address = (int) ftruncate.invokeExact(file, bytes) == 0 ? map(0, bytes, MAP_SHARED, file) : 0;
            if (address == 0) {
                closeFile(file);
                return -1;
            }
            MemorySegment target = MemorySegment.ofAddress(address).reinterpret(bytes);
            for (MemoryImage.Part part : image.parts()) {
                MemorySegment.copy(
                        MemorySegment.ofArray(part.data()), 0, target, part.offset() - start, part.data().length);
            }
            unmap(address, bytes);
            return file;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    public void closeFile(int file) {
        try {
            int ignored = (int) close.invokeExact(file);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    private static RuntimeException unexpected(Throwable t) {
        if (t instanceof Error e) {
            throw e;
        }
        return t instanceof RuntimeException e ? e : new IllegalStateException(t);
    }
}
