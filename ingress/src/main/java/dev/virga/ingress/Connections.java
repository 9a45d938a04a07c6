package dev.virga.ingress;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.NegotiatingServerConnection;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * The HTTP connections that are open. One that brings no whole request for too long, though bytes
 * come now and then, is closed: the library's idle time starts anew with every byte.
 */
final class Connections implements Connection.Listener {

    /** How long a client that may just be sending a request gets until it hears that there will be no answer. */
    static final Duration LAST_CALL = Duration.ofSeconds(1);

    private static final long BUSY = -1;

    private final Scheduler scheduler;
    private final Duration idle;
    private final Map<Connection, Scheduler.Task> checks = new ConcurrentHashMap<>();

    Connections(Scheduler scheduler, Duration idle) {
        this.scheduler = scheduler;
        this.idle = idle;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection
                || connection instanceof HTTP2Connection
                || connection instanceof NegotiatingServerConnection) { // it stands for a TLS handshake
            checks.put(connection, later(connection, BUSY));
        }
    }

    @Override
    public void onClosed(Connection connection) {
        Scheduler.Task task = checks.remove(connection);
        if (task != null) {
            task.cancel();
        }
    }

    /** @param before how many requests had come when it was last without one, or {@link #BUSY} */
    private Scheduler.Task later(Connection connection, long before) {
        return scheduler.schedule(() -> check(connection, before), idle.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void check(Connection connection, long before) {
        long now = busy(connection) ? BUSY : Math.max(0, connection.getMessagesIn());
        if (now != BUSY && now == before) {
            connection.close();
        } else {
            checks.computeIfPresent(connection, (_, _) -> later(connection, now));
        }
    }

    /** Closes those without a request unless one comes at once; how long they have been idle does not matter. */
    void lastCall() {
        for (Connection connection : checks.keySet()) {
            if (connection instanceof HttpConnection && !busy(connection)) {
                scheduler.schedule(() -> closeUnlessBusy(connection), LAST_CALL.toNanos(), TimeUnit.NANOSECONDS);
            }
        }
    }

    private static void closeUnlessBusy(Connection connection) {
        if (!busy(connection)) {
            connection.close();
        }
    }

    /** Whether a request, or its answer, is on its way on one of them. */
    boolean busy() {
        return checks.keySet().stream().anyMatch(Connections::busy);
    }

    private static boolean busy(Connection connection) {
        return switch (connection) {
            case HttpConnection http1 -> http1.getHttpChannel().getRequest() != null;
            case HTTP2Connection http2 -> !http2.getSession().getStreams().isEmpty();
            default -> false;
        };
    }
}
