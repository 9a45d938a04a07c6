package dev.virga.component.runtime;

import dev.virga.component.StreamReader;
import dev.virga.component.abi.Elements;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Gives a guest the values of a Java stream: as many as it asks for, when it asks. */
final class HostStreamWriter implements HostWriter, Copier {

    /** What one read may make the host hold, in values. */
    private static final int MAX_CHUNK = 64 * 1024;

    /** What becomes of the source, which is closed once and not while it is read. */
    private enum State {
        IDLE,
        READING,
        UNWANTED
    }

    private final EventLoop loop;
    private final Shared shared;
    private final Optional<Elements> elements;
    private final Object source;
    private HostBuffer buffer;

    /** For bytes: all that was read before has been written when more is read. */
    private byte[] room = {};

    private Optional<Thread> reading = Optional.empty();
    private final AtomicReference<State> state = new AtomicReference<>(State.IDLE);

    /** @param source an {@link InputStream} or a {@link StreamReader} */
    HostStreamWriter(EventLoop loop, Shared shared, Optional<Elements> elements, Object source) {
        this.loop = loop;
        this.shared = shared;
        this.elements = elements;
        this.source = source;
        this.buffer = HostBuffer.room(elements, 0);
    }

    @Override
    public void wanted() {
        if (buffer.remain() > 0) {
            shared.write(this);
        } else if (reading.isEmpty()) {
            int asked = shared.pending().orElseThrow().buffer().remain();
            int max = Math.clamp(asked, 1, MAX_CHUNK);
            int there = available();
            if (there > 0) {
                readNow(Math.min(there, max));
            } else {
                state.set(State.READING);
                reading = Optional.of(loop.begin(() -> read(max)));
            }
        }
    }

    /** How many bytes can be read without waiting, as far as is known. */
    private int available() {
        try {
            return source instanceof InputStream bytes ? bytes.available() : 0;
        } catch (IOException e) {
            // a read will say the same
            return 0;
        }
    }

    /** Bytes that are there need no thread. */
    private void readNow(int count) {
        try {
            write(read((InputStream) source, count));
        } catch (IOException e) {
            throw Calls.<RuntimeException>sneak(e);
        }
    }

    private void read(int max) {
        Runnable message;
        try {
            HostBuffer chunk = source instanceof InputStream bytes ? read(bytes, max) : read((StreamReader<?>) source, max);
            message = () -> write(chunk);
        } catch (IOException | RuntimeException | Error e) {
            message = () -> failed(e);
        }
        try {
            if (!state.compareAndSet(State.READING, State.IDLE)) {
                close();
            }
        } finally {
            loop.post(message);
        }
    }

    private HostBuffer read(InputStream bytes, int max) throws IOException {
        if (room.length < max) {
            room = new byte[max];
        }
        return new HostBuffer(elements, room, 0, Math.max(0, bytes.read(room, 0, max)));
    }

    private HostBuffer read(StreamReader<?> values, int max) {
        Object[] read = values.read(max).toArray();
        return new HostBuffer(elements, read, 0, read.length);
    }

    private void write(HostBuffer chunk) {
        reading = Optional.empty();
        if (shared.isDropped()) {
            return;
        }
        if (chunk.remain() == 0) {
            shared.drop();
            return;
        }
        buffer = chunk;
        if (shared.pending().isPresent()) {
            shared.write(this);
        }
    }

    private void failed(Throwable failure) {
        reading = Optional.empty();
        if (state.get() != State.UNWANTED) {
            throw Calls.<RuntimeException>sneak(failure);
        }
    }

    @Override
    public void unwanted() {
        loop.removeWriter(this);
        switch (state.getAndSet(State.UNWANTED)) {
            case IDLE -> close();
            case READING -> reading.ifPresent(Thread::interrupt);
            case UNWANTED -> {}
        }
    }

    private void close() {
        HostResourceType.drop(source);
    }

    @Override
    public Optional<GuestInstance> instance() {
        return Optional.empty();
    }

    @Override
    public Buffer buffer() {
        return buffer;
    }

    @Override
    public void copied() {
        if (buffer.remain() == 0) {
            shared.resetPending();
        }
    }

    @Override
    public void done(CopyResult result) {
        // what is left is written when it is wanted
    }
}
