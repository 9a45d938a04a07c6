package dev.virga.wasi.sockets;

import dev.virga.wasi.io.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** A connection that is being made, on a virtual thread. Closing the channel ends it. */
final class Connecting {

    private final Signal signal;
    private boolean done;
    private Optional<IOException> failure = Optional.empty();

    Connecting(SocketChannel channel, InetSocketAddress remote, Signal signal) {
        this.signal = signal;
        Thread.ofVirtual().name("wasi-connect").start(() -> connect(channel, remote));
    }

    private void connect(SocketChannel channel, InetSocketAddress remote) {
        Optional<IOException> result = Optional.empty();
        try {
            channel.connect(remote);
        } catch (IOException e) {
            result = Optional.of(e);
        } catch (RuntimeException e) { // such as an address that Java does not support
            result = Optional.of(new IOException(e));
        }
        synchronized (this) {
            failure = result;
            done = true;
        }
        signal.wake();
    }

    synchronized boolean done() {
        return done;
    }

    /** Why it failed, if it did; known when it is done. */
    synchronized Optional<IOException> failure() {
        return failure;
    }
}
