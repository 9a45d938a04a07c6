package dev.virga.wasi.sockets;

import dev.virga.wasi.io.Signal;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.Optional;

/** What a TCP socket stands on until it is connected or listens: the system's network or a loopback of its own. */
sealed interface TcpTransport extends Closeable permits SystemTcp, VirtualTcp {

    void bind(InetSocketAddress local) throws IOException;

    InetSocketAddress local() throws IOException;

    /** Starts to connect. */
    Connecting connect(InetSocketAddress remote, Signal signal) throws IOException;

    /** Listens where it is bound, and hands that over. */
    TcpListener listen(int backlog, Signal signal) throws IOException;

    /** Where options have an effect, if anywhere. */
    Optional<NetworkChannel> channel();
}
