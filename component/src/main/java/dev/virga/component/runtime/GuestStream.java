package dev.virga.component.runtime;

import dev.virga.component.StreamReader;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;

/** A guest's stream as the host sees it. */
final class GuestStream<T> implements StreamReader<T> {

    private static final int MAX_READ = 64 * 1024;

    private final HostEnd end;

    GuestStream(HostEnd end) {
        this.end = end;
    }

    HostEnd end() {
        return end;
    }

    @Override
    @SuppressWarnings("unchecked") // the codec makes elements of this type only
    public List<T> read(int max) {
        if (max <= 0) {
            throw new IllegalArgumentException("a read of " + max + " values; ask for one or more");
        }
        HostBuffer read = end.read(Math.min(max, MAX_READ), Deadline.NEVER)
                .orElseThrow(() -> new CancellationException("interrupted while it waited for a guest's stream"));
        Object[] values = Arrays.copyOf((Object[]) read.array(), read.progress());
        return Collections.unmodifiableList(Arrays.asList((T[]) values));
    }

    @Override
    public void close() {
        end.close();
    }
}
