package dev.virga.engine.nativecode;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;

/** The C library's functions that the engine needs. The constants are Linux's on x86-64 and aarch64. */
final class Libc {

    private static final int PROT_READ = 1;
    private static final int PROT_WRITE = 2;
    private static final int PROT_EXEC = 4;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int MAP_NORESERVE = 0x4000;
    private static final int MADV_DONTNEED = 4;
    private static final int MADV_NOHUGEPAGE = 15;
    private static final int PRIO_PROCESS = 0;
    private static final long SYS_SCHED_SETATTR = System.getProperty("os.arch").equals("aarch64") ? 274 : 314;
    /** The first version of {@code struct sched_attr}. */
    private static final int SCHED_ATTR_BYTES = 48;
    private static final long SCHED_FLAG_RESET_ON_FORK = 1;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup SYMBOLS = LINKER.defaultLookup();
    private static final MethodHandle MMAP = bind("mmap",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle MUNMAP = bind("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle MPROTECT =
            bind("mprotect", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle MADVISE =
            bind("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
    private static final MethodHandle CALLOC = bind("calloc", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle FREE = bind("free", FunctionDescriptor.ofVoid(JAVA_LONG));
    private static final MethodHandle SETPRIORITY =
            bind("setpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle GETPRIORITY =
            bind("getpriority", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

    private Libc() {}

    private static MethodHandle bind(String name, FunctionDescriptor type) {
        return LINKER.downcallHandle(SYMBOLS.findOrThrow(name), type);
    }

    /** The address of a function, for generated code to call. */
    static long address(String name) {
        return SYMBOLS.findOrThrow(name).address();
    }

    /** Zeroed memory that takes room only where it is written. */
    static long map(long bytes) {
        try {
            long address = (long) MMAP.invokeExact(
                    0L, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE_ANONYMOUS | MAP_NORESERVE, -1, 0L);
            if (address == -1) {
                throw new OutOfMemoryError("the system refuses a mapping of " + bytes + " bytes");
            }
            return address;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void unmap(long address, long bytes) {
        try {
            int ignored = (int) MUNMAP.invokeExact(address, bytes);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Makes a mapping code: it can be read and run, and never written again. */
    static void makeExecutable(long address, long bytes) {
        try {
            if ((int) MPROTECT.invokeExact(address, bytes, PROT_READ | PROT_EXEC) != 0) {
                throw new IllegalStateException("the system forbids memory that was written to be run;"
                        + " use the portable engine (--engine portable)");
            }
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Drops what was written; it reads as zero again. */
    static void discard(long address, long bytes) {
        advise(address, bytes, MADV_DONTNEED);
    }

    /** Keeps the system from backing a sparse mapping with pages of megabytes. */
    static void smallPages(long address, long bytes) {
        advise(address, bytes, MADV_NOHUGEPAGE);
    }

    private static void advise(long address, long bytes, int advice) {
        try {
            int ignored = (int) MADVISE.invokeExact(address, bytes, advice);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Zeroed memory from the heap of the C library. */
    static long allocate(long bytes) {
        try {
            long address = (long) CALLOC.invokeExact(1L, bytes);
            if (address == 0) {
                throw new OutOfMemoryError("no native memory for " + bytes + " bytes");
            }
            return address;
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    static void free(long address) {
        try {
            FREE.invokeExact(address);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /** Lets this thread stand back behind others: 0 is usual, 19 is last. */
    static void niceThisThread(int nice) {
        try {
            int ignored = (int) SETPRIORITY.invokeExact(PRIO_PROCESS, 0, nice);
        } catch (Throwable t) {
            throw unexpected(t);
        }
    }

    /**
     * How long this thread may have a processor while others want it; one that wakes and whose slices are shorter takes it
     * at once. The threads that this one starts, which may be carriers, have the usual ones. Before Linux 6.12 slices are
     * what they are.
     */
    static void sliceThisThread(long nanos) {
        long attr = allocate(SCHED_ATTR_BYTES); // zeroes: the usual policy
        try {
            MethodHandle syscall = LINKER.downcallHandle(
                    SYMBOLS.findOrThrow("syscall"),
                    FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT),
                    Linker.Option.firstVariadicArg(1));
            Raw.putInt(attr, SCHED_ATTR_BYTES);
            Raw.putLong(attr + 8, SCHED_FLAG_RESET_ON_FORK);
            Raw.putInt(attr + 16, (int) GETPRIORITY.invokeExact(PRIO_PROCESS, 0));
            Raw.putLong(attr + 24, nanos);
            long ignored = (long) syscall.invokeExact(SYS_SCHED_SETATTR, 0, attr, 0);
        } catch (Throwable t) {
            throw unexpected(t);
        } finally {
            free(attr);
        }
    }

    static RuntimeException unexpected(Throwable t) {
        if (t instanceof Error e) {
            throw e;
        }
        return t instanceof RuntimeException e ? e : new IllegalStateException(t);
    }
}
