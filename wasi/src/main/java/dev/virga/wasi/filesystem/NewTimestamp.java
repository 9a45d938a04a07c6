package dev.virga.wasi.filesystem;

import dev.virga.wasi.clocks.Datetime;
import java.io.IOException;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;

/** {@code wasi:filesystem/types.new-timestamp}. */
public sealed interface NewTimestamp {

    /** {@code no-change}. */
    record NoChange() implements NewTimestamp {}

    /** {@code now}. */
    record Now() implements NewTimestamp {}

    /** {@code timestamp}. */
    record Timestamp(Datetime time) implements NewTimestamp {}

    /** The time to set, or none to leave it alone. */
    default Optional<FileTime> toSet() throws IOException {
        return switch (this) {
            case NoChange _ -> Optional.empty();
            case Now _ -> Optional.of(FileTime.from(Instant.now()));
            case Timestamp(Datetime(long seconds, int nanoseconds)) -> {
                if (Integer.compareUnsigned(nanoseconds, 1_000_000_000) >= 0) {
                    throw new ErrorCodeException(ErrorCode.INVALID);
                }
                if (Long.compareUnsigned(seconds, Instant.MAX.getEpochSecond()) > 0) {
                    throw new ErrorCodeException(ErrorCode.OVERFLOW);
                }
                yield Optional.of(FileTime.from(Instant.ofEpochSecond(seconds, nanoseconds)));
            }
        };
    }
}
