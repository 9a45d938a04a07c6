package dev.virga.wasi.sockets;

import dev.virga.wasi.OpenThings;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.GuestOutput;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.Optional;

/**
 * An established connection, shared by its socket and its two streams. When the guest has dropped
 * all three, bytes that it wrote are still sent, and then the connection is closed. Closing it
 * itself is for the end of the instance.
 */
abstract sealed class TcpConnection implements Closeable permits SystemConnection, VirtualConnection {

    private final InetSocketAddress local;
    private final InetSocketAddress remote;
    private Optional<OpenThings> registry = Optional.empty();
    private int users = 3;

    TcpConnection(InetSocketAddress local, InetSocketAddress remote) {
        this.local = local;
        this.remote = remote;
    }

    abstract GuestInput bytesIn();

    abstract GuestOutput bytesOut();

    abstract void shutdownInput();

    abstract void shutdownOutput();

    /** Called once, when nobody uses it any more. */
    abstract void abandoned();

    /** Where options have an effect, if anywhere. */
    abstract Optional<NetworkChannel> channel();

    InetSocketAddress local() {
        return local;
    }

    InetSocketAddress remote() {
        return remote;
    }

    /** Makes it one of the instance's until it is closed. */
    void register(OpenThings instance) throws IOException {
        registry = Optional.of(instance);
        instance.add(this);
    }

    /** The guest's handles; each counts as one user. */
    GuestInput input() {
        return bytesIn().share(new Once(() -> {
            shutdownInput();
            release();
        }));
    }

    GuestOutput output() {
        return bytesOut().share(new Once(this::release));
    }

    /** One user less. */
    void release() {
        boolean last;
        synchronized (this) {
            last = --users == 0;
        }
        if (last) {
            abandoned();
        }
    }

    synchronized boolean used() {
        return users > 0;
    }

    void unregister() {
        registry.ifPresent(instance -> instance.remove(this));
    }

    /** Dropping a handle twice would count twice. */
    private static final class Once implements Runnable {
        private final Runnable action;
        private boolean done;

        Once(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (!done) {
                done = true;
                action.run();
            }
        }
    }
}
