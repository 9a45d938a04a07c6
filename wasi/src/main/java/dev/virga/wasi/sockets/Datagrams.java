package dev.virga.wasi.sockets;

import dev.virga.wasi.io.Signal;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What the two streams of a UDP socket share; closed when both are dropped. */
interface Datagrams extends Closeable {

    /** In bytes; more than any payload. */
    int MAX_SIZE = 0xffff;

    Signal signal();

    /** Whether {@link #receive} has something to say; else a change will be signalled. */
    boolean canReceive();

    /** A datagram, if one has come. */
    Optional<IncomingDatagramStream.Datagram> receive() throws IOException;

    /** Whether there is room for more; else a change will be signalled. */
    boolean canSend();

    /** Whether it was taken. */
    boolean send(byte[] data, InetSocketAddress to) throws IOException;
}
