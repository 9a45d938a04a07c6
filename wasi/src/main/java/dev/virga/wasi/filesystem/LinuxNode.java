package dev.virga.wasi.filesystem;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/**
 * A node held by a descriptor of the kernel, opened with {@code O_PATH | O_NOFOLLOW} relative to its
 * directory's. Java reaches it as {@code /proc/self/fd/N}, and a name in it as {@code
 * /proc/self/fd/N/name}, which the kernel resolves from the descriptor and not from any name.
 */
final class LinuxNode extends Node {

    private static final LinkOption[] FOLLOW = {};

    private static final int O_CLOEXEC = 0x80000;
    private static final int O_PATH = 0x200000;
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
    private static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;
    private static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;
    private static final int AT_FDCWD = -100;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    /** Whether this system is one for which the numbers above are right, and has what is needed. */
    static final boolean AVAILABLE = available();

    private final int descriptor;
    private final Path path;
    private boolean closed;

    private LinuxNode(int descriptor) {
        this.descriptor = descriptor;
        this.path = Path.of("/proc/self/fd/" + descriptor);
    }

    /** The calls, linked when the first node is opened. */
    private static final class Calls {
        static final MethodHandle OPENAT = LINKER.downcallHandle(
                LINKER.defaultLookup().find("openat").orElseThrow(),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(3),
                Linker.Option.captureCallState("errno"));
        static final MethodHandle CLOSE = LINKER.downcallHandle(
                LINKER.defaultLookup().find("close").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    private static boolean available() {
        String machine = System.getProperty("os.arch");
        return System.getProperty("os.name").equals("Linux")
                && (machine.equals("amd64") || machine.equals("aarch64"))
                && LINKER.defaultLookup().find("openat").isPresent()
                && LinuxNode.class.getModule().isNativeAccessEnabled()
                && Files.isDirectory(Path.of("/proc/self/fd"));
    }

    static LinuxNode open(Path directory) throws IOException {
        return new LinuxNode(openat(AT_FDCWD, directory.toString(), O_DIRECTORY));
    }

    @Override
    Path path() {
        return path;
    }

    @Override
    LinkOption[] here() {
        return FOLLOW; // there is nothing to follow but the way from /proc to the object
    }

    @Override
    Node child(String name) throws IOException {
        return new LinuxNode(openat(descriptor, name, 0));
    }

    @Override
    Node childDirectory(String name) throws IOException {
        return new LinuxNode(openat(descriptor, name, O_DIRECTORY));
    }

    @Override
    FileChannel open(Set<OpenOption> options) throws IOException {
        return FileChannel.open(path, options);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            try {
                int ignored = (int) Calls.CLOSE.invokeExact(descriptor);
            } catch (Throwable e) {
                throw new IllegalStateException("close failed as a call", e);
            }
        }
    }

    private static int openat(int directory, String name, int flags) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURE);
            int all = O_PATH | O_NOFOLLOW | O_CLOEXEC | flags;
            int descriptor = (int) Calls.OPENAT.invokeExact(state, directory, arena.allocateFrom(name), all);
            if (descriptor < 0) {
                throw new ErrorCodeException(code((int) ERRNO.get(state, 0L)));
            }
            return descriptor;
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("openat failed as a call", e);
        }
    }

    private static ErrorCode code(int errno) {
        return switch (errno) {
            case 1 -> ErrorCode.NOT_PERMITTED;
            case 2 -> ErrorCode.NO_ENTRY;
            case 12 -> ErrorCode.INSUFFICIENT_MEMORY;
            case 13 -> ErrorCode.ACCESS;
            case 20 -> ErrorCode.NOT_DIRECTORY;
            case 22 -> ErrorCode.INVALID;
            case 23, 24 -> ErrorCode.QUOTA;
            case 36 -> ErrorCode.NAME_TOO_LONG;
            case 40 -> ErrorCode.LOOP;
            default -> ErrorCode.IO;
        };
    }
}
