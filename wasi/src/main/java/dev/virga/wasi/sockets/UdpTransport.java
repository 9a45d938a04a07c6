package dev.virga.wasi.sockets;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.Optional;
import java.util.function.Predicate;

/** What a bound UDP socket stands on: the system's network or a loopback of its own. */
sealed interface UdpTransport extends Closeable permits SystemUdp, VirtualUdp {

    InetSocketAddress local() throws IOException;

    /**
     * Sends and receives, with this one peer if there is one; one such at a time.
     *
     * @param accepts whether a datagram from there is for the guest
     */
    Datagrams open(Optional<InetSocketAddress> remote, Predicate<InetSocketAddress> accepts) throws IOException;

    /** Where options have an effect, if anywhere. */
    Optional<NetworkChannel> channel();
}
