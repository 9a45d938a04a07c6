package dev.virga.wasi.filesystem;

import dev.virga.component.Result;
import dev.virga.engine.Trap;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.Map;
import java.util.Optional;

/** From Java's exceptions to the interface's codes. */
final class Errors {

    /** Java tells these only in the words of the C library. */
    private static final Map<String, ErrorCode> BY_REASON = Map.ofEntries(
            Map.entry("Is a directory", ErrorCode.IS_DIRECTORY),
            Map.entry("Not a directory", ErrorCode.NOT_DIRECTORY),
            Map.entry("Directory not empty", ErrorCode.NOT_EMPTY),
            Map.entry("Operation not permitted", ErrorCode.NOT_PERMITTED),
            Map.entry("Read-only file system", ErrorCode.READ_ONLY),
            Map.entry("No space left on device", ErrorCode.INSUFFICIENT_SPACE),
            Map.entry("Disk quota exceeded", ErrorCode.QUOTA),
            Map.entry("Too many open files", ErrorCode.QUOTA),
            Map.entry("File too large", ErrorCode.FILE_TOO_LARGE),
            Map.entry("File name too long", ErrorCode.NAME_TOO_LONG),
            Map.entry("Invalid argument", ErrorCode.INVALID),
            Map.entry("Device or resource busy", ErrorCode.BUSY),
            Map.entry("Text file busy", ErrorCode.TEXT_FILE_BUSY),
            Map.entry("Too many links", ErrorCode.TOO_MANY_LINKS),
            Map.entry("Cross-device link", ErrorCode.CROSS_DEVICE),
            Map.entry("Invalid cross-device link", ErrorCode.CROSS_DEVICE),
            Map.entry("Operation not supported", ErrorCode.UNSUPPORTED),
            Map.entry("Cannot allocate memory", ErrorCode.INSUFFICIENT_MEMORY),
            Map.entry("Input/output error", ErrorCode.IO));

    interface Operation<T> {
        T run() throws IOException;
    }

    private Errors() {}

    static <T> Result<T, ErrorCode> attempt(Operation<T> operation) {
        try {
            return Result.ok(operation.run());
        } catch (ClosedByInterruptException e) {
            throw new Trap(Trap.Kind.INTERRUPTED);
        } catch (IOException e) {
            return Result.err(code(e));
        } catch (InvalidPathException e) { // a name that this system cannot have
            return Result.err(ErrorCode.ILLEGAL_BYTE_SEQUENCE);
        } catch (UnsupportedOperationException e) {
            return Result.err(ErrorCode.UNSUPPORTED);
        }
    }

    static ErrorCode code(IOException e) {
        return switch (e) {
            case ErrorCodeException known -> known.code();
            case NoSuchFileException _ -> ErrorCode.NO_ENTRY;
            case FileAlreadyExistsException _ -> ErrorCode.EXIST;
            case AccessDeniedException _ -> ErrorCode.ACCESS;
            case NotDirectoryException _ -> ErrorCode.NOT_DIRECTORY;
            case DirectoryNotEmptyException _ -> ErrorCode.NOT_EMPTY;
            case NotLinkException _ -> ErrorCode.INVALID;
            case FileSystemLoopException _ -> ErrorCode.LOOP;
            case AtomicMoveNotSupportedException _ -> ErrorCode.CROSS_DEVICE;
            case FileSystemException other -> byReason(other.getReason());
            default -> byReason(e.getMessage());
        };
    }

    /** Of errors that streams told about: which of this interface's codes it is, if any. */
    static Optional<ErrorCode> known(IOException e) {
        ErrorCode code = code(e);
        return code == ErrorCode.IO && !(e instanceof ErrorCodeException) ? Optional.empty() : Optional.of(code);
    }

    private static ErrorCode byReason(String reason) {
        if (reason == null) {
            return ErrorCode.IO;
        }
        if (reason.startsWith("Too many levels of symbolic links")) {
            return ErrorCode.LOOP;
        }
        return BY_REASON.getOrDefault(reason, ErrorCode.IO);
    }
}
