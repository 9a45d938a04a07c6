package dev.virga.wasi.sockets;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import jdk.net.ExtendedSocketOptions;

/**
 * A TCP socket's options as the guest set them. They are kept here too since Java cannot set most of
 * them on listeners, from which accepted connections inherit them.
 */
final class TcpOptions {

    private static final long NANOS = 1_000_000_000L;
    /** Linux takes no more. */
    private static final long MAX_KEEP_ALIVE_SECONDS = 32767;
    private static final long MAX_KEEP_ALIVE_COUNT = 127;

    private boolean keepAlive;
    private int idleSeconds = (int) Duration.ofHours(2).toSeconds();
    private int intervalSeconds = 75;
    private int count = 9;
    private int hopLimit = 64;
    private int receiveBuffer = SystemBuffers.TCP.receive();
    private int sendBuffer = SystemBuffers.TCP.send();
    /** The others are the system's to tune. */
    private final Map<SocketOption<?>, Object> changed = new HashMap<>();

    TcpOptions copy() {
        TcpOptions copy = new TcpOptions();
        copy.keepAlive = keepAlive;
        copy.idleSeconds = idleSeconds;
        copy.intervalSeconds = intervalSeconds;
        copy.count = count;
        copy.hopLimit = hopLimit;
        copy.receiveBuffer = receiveBuffer;
        copy.sendBuffer = sendBuffer;
        copy.changed.putAll(changed);
        return copy;
    }

    /** Sets everything that was changed on a channel, as far as it can be. */
    void applyTo(NetworkChannel channel) throws IOException {
        for (Map.Entry<SocketOption<?>, Object> option : changed.entrySet()) {
            apply(channel, option.getKey(), option.getValue());
        }
    }

    private <T> void set(Optional<NetworkChannel> channel, SocketOption<T> option, T value) throws IOException {
        if (channel.isPresent()) {
            apply(channel.get(), option, value);
        }
        changed.put(option, value);
    }

    @SuppressWarnings("unchecked") // options and values went into the map in pairs
    private static <T> void apply(NetworkChannel channel, SocketOption<T> option, Object value) throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, (T) value);
        }
    }

    boolean keepAlive() {
        return keepAlive;
    }

    void keepAlive(Optional<NetworkChannel> channel, boolean value) throws IOException {
        set(channel, StandardSocketOptions.SO_KEEPALIVE, value);
        keepAlive = value;
    }

    long idleTime() {
        return idleSeconds * NANOS;
    }

    void idleTime(Optional<NetworkChannel> channel, long nanos) throws IOException {
        int seconds = seconds(nanos);
        set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, seconds);
        idleSeconds = seconds;
    }

    long interval() {
        return intervalSeconds * NANOS;
    }

    void interval(Optional<NetworkChannel> channel, long nanos) throws IOException {
        int seconds = seconds(nanos);
        set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, seconds);
        intervalSeconds = seconds;
    }

    int count() {
        return count;
    }

    void count(Optional<NetworkChannel> channel, int value) throws IOException {
        requireNotZero(value);
        int bounded = (int) Math.min(Integer.toUnsignedLong(value), MAX_KEEP_ALIVE_COUNT);
        set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, bounded);
        count = bounded;
    }

    byte hopLimit() {
        return (byte) hopLimit;
    }

    void hopLimit(byte value) throws IOException {
        requireNotZero(value);
        hopLimit = value;
    }

    long receiveBuffer() {
        return receiveBuffer;
    }

    void receiveBuffer(Optional<NetworkChannel> channel, long value) throws IOException {
        int size = bufferSize(value);
        set(channel, StandardSocketOptions.SO_RCVBUF, size);
        receiveBuffer = size;
    }

    long sendBuffer() {
        return sendBuffer;
    }

    void sendBuffer(Optional<NetworkChannel> channel, long value) throws IOException {
        int size = bufferSize(value);
        set(channel, StandardSocketOptions.SO_SNDBUF, size);
        sendBuffer = size;
    }

    /** The system bounds it further. */
    static int bufferSize(long value) throws IOException {
        requireNotZero(value);
        return Long.compareUnsigned(value, Integer.MAX_VALUE) > 0 ? Integer.MAX_VALUE : (int) value;
    }

    static void requireNotZero(long value) throws IOException {
        if (value == 0) {
            throw new ErrorCodeException(ErrorCode.INVALID_ARGUMENT);
        }
    }

    /** At least one, since zero would mean something else to the system. */
    private static int seconds(long nanos) throws IOException {
        requireNotZero(nanos);
        return (int) Math.clamp(Long.divideUnsigned(nanos, NANOS), 1, MAX_KEEP_ALIVE_SECONDS);
    }
}
