package dev.virga.wasi.sockets;

import dev.virga.component.Result;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** From Java's exceptions to the interface's codes. */
final class Errors {

    /** Java tells these only in words, its own or those of the C library, lower case here. */
    private static final Map<String, ErrorCode> BY_WORDS = Map.ofEntries(
            Map.entry("address already in use", ErrorCode.ADDRESS_IN_USE),
            Map.entry("only one usage of each socket address", ErrorCode.ADDRESS_IN_USE),
            Map.entry("cannot assign requested address", ErrorCode.ADDRESS_NOT_BINDABLE),
            Map.entry("can't assign requested address", ErrorCode.ADDRESS_NOT_BINDABLE),
            Map.entry("permission denied", ErrorCode.ACCESS_DENIED),
            Map.entry("operation not permitted", ErrorCode.ACCESS_DENIED),
            Map.entry("connection refused", ErrorCode.CONNECTION_REFUSED),
            Map.entry("timed out", ErrorCode.TIMEOUT),
            Map.entry("network is unreachable", ErrorCode.REMOTE_UNREACHABLE),
            Map.entry("no route to host", ErrorCode.REMOTE_UNREACHABLE),
            Map.entry("host is down", ErrorCode.REMOTE_UNREACHABLE),
            Map.entry("connection reset", ErrorCode.CONNECTION_RESET),
            Map.entry("broken pipe", ErrorCode.CONNECTION_RESET),
            Map.entry("connection abort", ErrorCode.CONNECTION_ABORTED),
            Map.entry("message too long", ErrorCode.DATAGRAM_TOO_LARGE),
            Map.entry("too many open files", ErrorCode.NEW_SOCKET_LIMIT),
            Map.entry("no buffer space", ErrorCode.OUT_OF_MEMORY),
            Map.entry("cannot allocate memory", ErrorCode.OUT_OF_MEMORY),
            Map.entry("invalid argument", ErrorCode.INVALID_ARGUMENT),
            Map.entry("protocol family", ErrorCode.NOT_SUPPORTED),
            Map.entry("not supported", ErrorCode.NOT_SUPPORTED));

    interface Operation<T> {
        T run() throws IOException;
    }

    private Errors() {}

    static <T> Result<T, ErrorCode> attempt(Operation<T> operation) {
        try {
            return Result.ok(operation.run());
        } catch (IOException e) {
            return Result.err(code(e));
        } catch (UnsupportedOperationException e) {
            return Result.err(ErrorCode.NOT_SUPPORTED);
        }
    }

    static ErrorCode code(IOException e) {
        return switch (e) {
            case ErrorCodeException known -> known.code();
            case PortUnreachableException _ -> ErrorCode.CONNECTION_REFUSED;
            case NoRouteToHostException _ -> ErrorCode.REMOTE_UNREACHABLE;
            case SocketTimeoutException _ -> ErrorCode.TIMEOUT;
            case ConnectException connect -> byWords(connect).orElse(ErrorCode.CONNECTION_REFUSED);
            default -> byWords(e).orElse(ErrorCode.UNKNOWN);
        };
    }

    /** Of errors that streams told about: which of this interface's codes it is, if any. */
    static Optional<ErrorCode> known(IOException e) {
        return e instanceof SocketException || e instanceof ErrorCodeException
                ? Optional.of(code(e))
                : byWords(e);
    }

    private static Optional<ErrorCode> byWords(IOException e) {
        if (e.getMessage() == null) {
            return Optional.empty();
        }
        String message = e.getMessage().toLowerCase(Locale.ROOT);
        return BY_WORDS.entrySet().stream()
                .filter(entry -> message.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
