package dev.virga.wasi.sockets;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;

/** Acts when a channel that does not block has become ready. Nothing runs unless asked for. */
final class Watcher implements Closeable {

    private final Selector selector;
    private final Runnable action;
    private boolean armed;

    /**
     * @param operations as {@link java.nio.channels.SelectionKey} names them
     * @param action what to do then
     */
    Watcher(SelectableChannel channel, int operations, Runnable action) throws IOException {
        this.selector = Selector.open();
        this.action = action;
        try {
            channel.register(selector, operations);
        } catch (IOException | RuntimeException e) {
            selector.close();
            throw e;
        }
    }

    /** Asks for the action once. */
    synchronized void arm() {
        if (!armed) {
            armed = true;
            Thread.ofVirtual().name("wasi-watcher").start(this::watch);
        }
    }

    private void watch() {
        try {
            selector.select();
            selector.selectedKeys().clear();
        } catch (IOException | ClosedSelectorException e) {
            // Whoever hears of it finds out at the channel.
        }
        synchronized (this) {
            armed = false;
        }
        action.run();
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }
}
