package dev.virga.component.runtime;

import dev.virga.component.abi.Elements;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Gives a guest the value of a Java future. */
final class HostFutureWriter implements HostWriter, Copier {

    private final EventLoop loop;
    private final Shared shared;
    private final Optional<Elements> elements;
    private final Future<?> source;
    private HostBuffer buffer;
    private Optional<Thread> waiting = Optional.empty();

    HostFutureWriter(EventLoop loop, Shared shared, Optional<Elements> elements, Future<?> source) {
        this.loop = loop;
        this.shared = shared;
        this.elements = elements;
        this.source = source;
        this.buffer = HostBuffer.room(elements, 0);
    }

    @Override
    public void wanted() {
        if (source.state() == Future.State.SUCCESS) {
            write(source.resultNow());
        } else if (waiting.isEmpty()) {
            waiting = Optional.of(loop.begin(this::await));
        }
    }

    private void await() {
        try {
            Object value = source.get();
            loop.post(() -> got(value));
        } catch (ExecutionException e) {
            loop.post(() -> failed(e.getCause()));
        } catch (InterruptedException | RuntimeException | Error e) {
            loop.post(() -> failed(e));
        }
    }

    private void got(Object value) {
        waiting = Optional.empty();
        if (!shared.isDropped() && shared.pending().isPresent()) {
            write(value);
        }
    }

    private void write(Object value) {
        Object values = elements.map(e -> e.newArray(1)).orElseGet(() -> new Object[1]);
        java.lang.reflect.Array.set(values, 0, value);
        buffer = new HostBuffer(elements, values, 0, 1);
        shared.write(this);
    }

    /** The guest cannot be told: a future always has a value in the end. */
    private void failed(Throwable failure) {
        waiting = Optional.empty();
        if (!shared.isDropped()) {
            throw Calls.<RuntimeException>sneak(failure);
        }
    }

    @Override
    public void unwanted() {
        loop.removeWriter(this);
        source.cancel(true);
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
        // futures are done at once
    }

    @Override
    public void done(CopyResult result) {
        // nothing waits for it
    }
}
