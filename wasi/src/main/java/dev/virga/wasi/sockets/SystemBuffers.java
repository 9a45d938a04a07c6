package dev.virga.wasi.sockets;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;

/** How large the buffers are, in bytes, that the system gives to a new socket. */
record SystemBuffers(int receive, int send) {

    private static final int FALLBACK = 64 * 1024;
    static final SystemBuffers TCP = of(SocketChannel::open);
    static final SystemBuffers UDP = of(DatagramChannel::open);

    private interface Opening {
        NetworkChannel open() throws IOException;
    }

    private static SystemBuffers of(Opening opening) {
        try (NetworkChannel channel = opening.open()) {
            return new SystemBuffers(
                    channel.getOption(StandardSocketOptions.SO_RCVBUF), channel.getOption(StandardSocketOptions.SO_SNDBUF));
        } catch (IOException e) {
            return new SystemBuffers(FALLBACK, FALLBACK); // whoever opens a socket will hear of it
        }
    }
}
