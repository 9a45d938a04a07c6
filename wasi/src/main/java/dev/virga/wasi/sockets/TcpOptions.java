package dev.virga.wasi.sockets;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
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
    private int receiveBuffer;
    private int sendBuffer;

    /** Those that the system gives to a new socket. */
    static TcpOptions of(SocketChannel channel) throws IOException {
        TcpOptions options = new TcpOptions();
        options.receiveBuffer = channel.getOption(StandardSocketOptions.SO_RCVBUF);
        options.sendBuffer = channel.getOption(StandardSocketOptions.SO_SNDBUF);
        return options;
    }

    TcpOptions copy() {
        TcpOptions copy = new TcpOptions();
        copy.keepAlive = keepAlive;
        copy.idleSeconds = idleSeconds;
        copy.intervalSeconds = intervalSeconds;
        copy.count = count;
        copy.hopLimit = hopLimit;
        copy.receiveBuffer = receiveBuffer;
        copy.sendBuffer = sendBuffer;
        return copy;
    }

    /** Sets everything that was changed on a channel, as far as it can be. */
    void applyTo(NetworkChannel channel) throws IOException {
        set(channel, StandardSocketOptions.SO_KEEPALIVE, keepAlive);
        set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, idleSeconds);
        set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, intervalSeconds);
        set(channel, ExtendedSocketOptions.TCP_KEEPCOUNT, count);
        set(channel, StandardSocketOptions.SO_RCVBUF, receiveBuffer);
        set(channel, StandardSocketOptions.SO_SNDBUF, sendBuffer);
    }

    private static <T> void set(NetworkChannel channel, SocketOption<T> option, T value) throws IOException {
        if (channel.supportedOptions().contains(option)) {
            channel.setOption(option, value);
        }
    }

    boolean keepAlive() {
        return keepAlive;
    }

    void keepAlive(NetworkChannel channel, boolean value) throws IOException {
        set(channel, StandardSocketOptions.SO_KEEPALIVE, value);
        keepAlive = value;
    }

    long idleTime() {
        return idleSeconds * NANOS;
    }

    void idleTime(NetworkChannel channel, long nanos) throws IOException {
        int seconds = seconds(nanos);
        set(channel, ExtendedSocketOptions.TCP_KEEPIDLE, seconds);
        idleSeconds = seconds;
    }

    long interval() {
        return intervalSeconds * NANOS;
    }

    void interval(NetworkChannel channel, long nanos) throws IOException {
        int seconds = seconds(nanos);
        set(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, seconds);
        intervalSeconds = seconds;
    }

    int count() {
        return count;
    }

    void count(NetworkChannel channel, int value) throws IOException {
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

    void receiveBuffer(NetworkChannel channel, long value) throws IOException {
        int size = bufferSize(value);
        set(channel, StandardSocketOptions.SO_RCVBUF, size);
        receiveBuffer = size;
    }

    long sendBuffer() {
        return sendBuffer;
    }

    void sendBuffer(NetworkChannel channel, long value) throws IOException {
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
