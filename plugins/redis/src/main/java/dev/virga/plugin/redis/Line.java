package dev.virga.plugin.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLParameters;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.commands.ProtocolCommand;

/** A connection to Redis, for one thread at a time. */
final class Line implements AutoCloseable {

    private static final int HANDSHAKE = 64 << 10;

    private final Guard guard = new Guard();
    private final Connection connection;

    /**
     * Connects.
     *
     * @param deadline as {@link System#nanoTime} counts
     */
    Line(RedisSettings settings, long deadline) {
        int millis = (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .serverDefaultProtocol() // version 2, which the guard reads
                .timeoutMillis(millis)
                .database(settings.database())
                .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
        settings.user().ifPresent(config::user);
        settings.password().ifPresent(config::password);
        settings.tls().ifPresent(factory -> {
            SSLParameters checked = new SSLParameters();
            checked.setEndpointIdentificationAlgorithm("HTTPS");
            config.ssl(true).sslSocketFactory(factory).sslParameters(checked);
        });
        guard.begin(deadline, HANDSHAKE);
        JedisClientConfig built = config.build();
        JedisSocketFactory plain = new DefaultJedisSocketFactory(settings.address(), built);
        connection = new Connection(() -> new Guarded(plain.createSocket(), guard), built);
        guard.end();
    }

    /**
     * Sends a command and returns its reply: bytes, a Long, a list or null.
     *
     * @param most bytes of the reply
     */
    Object call(long deadline, long most, ProtocolCommand command, byte[]... arguments) {
        guard.begin(deadline, most);
        try {
            connection.sendCommand(command, arguments);
            return connection.getOne();
        } finally {
            guard.end();
        }
    }

    /** Asks for messages, which {@link #next} returns. */
    void subscribe(ProtocolCommand command, byte[] pattern) {
        guard.begin(Long.MAX_VALUE, 0);
        connection.sendCommand(command, pattern);
    }

    /** Waits for a message, for ever. */
    Object next(int most) {
        guard.expect(most);
        return connection.getOne();
    }

    boolean broken() {
        return connection.isBroken();
    }

    @Override
    public void close() {
        try {
            connection.forceDisconnect();
        } catch (IOException e) {
            // it is closed anyway
        }
    }

    /** What the client uses of a socket. */
    private static final class Guarded extends Socket {

        private final Socket socket;
        private final Guard guard;

        Guarded(Socket socket, Guard guard) {
            this.socket = socket;
            this.guard = guard;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return guard.input(socket, socket.getInputStream());
        }

        @Override
        public OutputStream getOutputStream() throws IOException {
            return guard.output(socket, socket.getOutputStream());
        }

        @Override
        public void setSoTimeout(int millis) {
            // the guard does
        }

        @Override
        public int getSoTimeout() {
            return 0;
        }

        @Override
        public boolean isConnected() {
            return socket.isConnected();
        }

        @Override
        public boolean isBound() {
            return socket.isBound();
        }

        @Override
        public boolean isClosed() {
            return socket.isClosed();
        }

        @Override
        public boolean isInputShutdown() {
            return socket.isInputShutdown();
        }

        @Override
        public boolean isOutputShutdown() {
            return socket.isOutputShutdown();
        }

        @Override
        public void setSoLinger(boolean on, int seconds) throws java.net.SocketException {
            socket.setSoLinger(on, seconds);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
