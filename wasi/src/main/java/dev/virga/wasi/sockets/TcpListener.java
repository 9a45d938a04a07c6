package dev.virga.wasi.sockets;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.Optional;

/** A socket that listens. Connections wait in a bounded backlog until the guest asks for one. */
sealed interface TcpListener extends Closeable permits SystemListener, VirtualListener {

    InetSocketAddress local();

    /** Whether {@link #accept} has something to say; else a change will be signalled. */
    boolean ready();

    /** A connection, if one waits. */
    Optional<TcpConnection> accept() throws IOException;

    /** Where options have an effect, if anywhere. */
    Optional<NetworkChannel> channel();
}
