package dev.virga.wasi.sockets;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A UDP socket's options as the guest set them. */
final class UdpOptions {

    private long receiveBuffer = SystemBuffers.UDP.receive();
    private long sendBuffer = SystemBuffers.UDP.send();
    private final Map<SocketOption<Integer>, Integer> changed = new HashMap<>();

    void applyTo(NetworkChannel channel) throws IOException {
        for (Map.Entry<SocketOption<Integer>, Integer> option : changed.entrySet()) {
            channel.setOption(option.getKey(), option.getValue());
        }
    }

    long receiveBuffer() {
        return receiveBuffer;
    }

    void receiveBuffer(Optional<NetworkChannel> channel, long value) throws IOException {
        receiveBuffer = set(channel, StandardSocketOptions.SO_RCVBUF, value);
    }

    long sendBuffer() {
        return sendBuffer;
    }

    void sendBuffer(Optional<NetworkChannel> channel, long value) throws IOException {
        sendBuffer = set(channel, StandardSocketOptions.SO_SNDBUF, value);
    }

    private int set(Optional<NetworkChannel> channel, SocketOption<Integer> option, long value) throws IOException {
        int size = TcpOptions.bufferSize(value);
        if (channel.isPresent()) {
            channel.get().setOption(option, size);
        }
        changed.put(option, size);
        return size;
    }
}
