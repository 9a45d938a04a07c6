package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.ErrorListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The connection of one backend: made in the background, and made again for ever when it is lost. Subscriptions
 * outlive a loss, but for one of a connection that the server has ended for good, as with credentials that were
 * refused; who subscribes has to do it again on the connection that comes then.
 */
public final class NatsClient implements AutoCloseable {

    /** As much may wait to be written to the server; who sends more waits too. */
    private static final long MOST_PENDING = 8 << 20;

    private final String backend;
    private final Consumer<String> log;
    private final Duration timeout;
    private final Options options;
    private final Consumer<Connection> onNew;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Connection connection; // null until there is one; guarded by lock, as is closed
    private boolean closed;
    private String told = "";

    /**
     * Checks the settings of a connection that nothing else is set for.
     *
     * @throws dev.virga.plugin.PluginException.Refused if one is misspelt
     */
    public static void check(Settings settings) {
        NatsSettings.allow(settings);
    }

    /**
     * @param backend its name in the host's settings
     * @param log for the operator; one line
     * @param onNew called with each new connection before anybody else gets it
     * @throws PluginException.Refused if a setting is wrong
     */
    public NatsClient(String backend, Settings settings, Consumer<String> log, Consumer<Connection> onNew) {
        this.backend = backend;
        this.log = log;
        this.timeout = NatsSettings.timeout(settings);
        this.onNew = onNew;
        this.options = NatsSettings.options(backend, settings)
                .connectionListener(this::connectionEvent)
                .errorListener(new Errors())
                .build();
        Thread.ofVirtual().name("nats " + backend).start(this::keepConnected);
    }

    private void keepConnected() {
        for (long tries = 0; !isClosed(); tries++) {
            try {
                Connection made = Nats.connect(options);
                onNew.accept(made);
                tries = 0;
                if (!hold(made)) {
                    made.close();
                    return;
                }
            } catch (IOException | RuntimeException e) {
                if (!isClosed()) {
                    tell("not connected: " + e.getMessage());
                }
            } catch (InterruptedException _) {
                return;
            }
            pause(NatsSettings.pause(tries));
        }
    }

    /** Until it is closed by the server, after which there has to be another one; false if this is closed. */
    private boolean hold(Connection made) throws InterruptedException {
        lock.lock();
        try {
            connection = made;
            changed.signalAll();
            while (!closed && made.getStatus() != Connection.Status.CLOSED) {
                changed.await();
            }
            connection = null;
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private void pause(Duration pause) {
        lock.lock();
        try {
            long nanos = pause.toNanos();
            while (!closed && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    private void connectionEvent(Connection source, Events event) {
        switch (event) {
            case CONNECTED, RECONNECTED, RESUBSCRIBED -> tell("connected");
            case DISCONNECTED, CLOSED -> {
                if (!isClosed()) {
                    tell("connection lost; it is made again");
                }
            }
            default -> {}
        }
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Tells the operator, but not the same again and again. */
    private void tell(String what) {
        lock.lock();
        try {
            if (told.equals(what)) {
                return;
            }
            told = what;
        } finally {
            lock.unlock();
        }
        log.accept("NATS backend \"" + backend + "\": " + what);
    }

    /** The name in the host's settings. */
    public String backend() {
        return backend;
    }

    /** How long to wait for the server where nothing else says how long. */
    public Duration timeout() {
        return timeout;
    }

    /**
     * The connection, as soon as it is there.
     *
     * @throws PluginException.Unavailable if it is not within this time, or the thread is interrupted
     */
    public Connection connected(Duration within) {
        lock.lock();
        try {
            long nanos = within.toNanos();
            while (!closed && !isUp() && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            if (closed || !isUp()) {
                throw new PluginException.Unavailable(
                        "the NATS backend \"" + backend + "\" is not connected; try again later");
            }
            return connection;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginException.Unavailable("interrupted while waiting for NATS", e);
        } finally {
            lock.unlock();
        }
    }

    /** Whether there is a connection at this moment. */
    boolean isConnected() {
        lock.lock();
        try {
            return !closed && isUp();
        } finally {
            lock.unlock();
        }
    }

    /** The connection for something to send: waits while the server takes what was sent before too slowly. */
    public Connection ready(Duration within) {
        Connection up = connected(within);
        if (up.outgoingPendingBytes() <= MOST_PENDING) {
            return up;
        }
        try {
            up.flush(timeout);
            return up;
        } catch (TimeoutException | IllegalStateException e) {
            throw new PluginException.Unavailable(
                    "the NATS backend \"" + backend + "\" takes messages too slowly; try again later", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PluginException.Unavailable("interrupted while waiting for NATS", e);
        }
    }

    private boolean isUp() {
        return connection != null
                && (connection.getStatus() == Connection.Status.CONNECTED || options.getReconnectBufferSize() > 0);
    }

    private boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        Connection last;
        lock.lock();
        try {
            closed = true;
            last = connection;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (last == null) {
            return; // an attempt to connect that is under way ends by itself, and its connection with it
        }
        try {
            last.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Errors implements ErrorListener {

        @Override
        public void errorOccurred(Connection source, String error) {
            tell("the server says: " + error);
        }

        @Override
        public void exceptionOccurred(Connection source, Exception e) {
            tell("not connected: " + e.getMessage());
        }

        @Override
        public void slowConsumerDetected(Connection source, io.nats.client.Consumer consumer) {
            log.accept("NATS backend \"" + backend + "\": messages come faster than a workload handles them; some are"
                    + " dropped. Raise max_in_flight, add replicas, or use a stream");
        }
    }
}
