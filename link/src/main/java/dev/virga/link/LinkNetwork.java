package dev.virga.link;

import dev.virga.engine.Limiter;
import dev.virga.link.LinkException.Kind;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsClient;
import io.nats.client.Connection;
import io.nats.client.Message;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Calls between hosts over NATS, each tried once: a call that fails may or may not have been made. */
public final class LinkNetwork implements AutoCloseable {

    private static final int NO_RESPONDERS = 503;

    private final Replies replies = new Replies();
    private final Set<Served> served = new LinkedHashSet<>();
    private Optional<Connection> current = Optional.empty(); // guarded by this, as served
    private final NatsClient client;

    /**
     * Connects in the background, again and again while there is no connection.
     *
     * @param settings as for a NATS backend of plugins: {@code url}, and what authenticates
     * @param log for the operator; one line
     * @throws PluginException.Refused if a setting is wrong
     */
    public LinkNetwork(Settings settings, Consumer<String> log) {
        NatsClient.check(settings);
        this.client = new NatsClient("links", settings, log, this::connected);
    }

    private synchronized void connected(Connection connection) {
        current = Optional.of(connection);
        replies.listen(connection);
        served.forEach(s -> s.listen(connection));
    }

    /**
     * Makes a call and waits for its answer.
     *
     * @return the result, encoded
     * @throws LinkException if there is none, whatever the reason
     */
    public byte[] call(LinkAddress to, LinkCall call) {
        long end = System.nanoTime() + call.within().toNanos();
        CompletableFuture<Message> answer = new CompletableFuture<>();
        String replyTo = replies.open(answer);
        try {
            Connection connection = client.ready(call.within());
            publish(connection, Messages.of(call, to, replyTo));
            Message message = answer.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (message.isStatusMessage()) {
                throw refused(message, to, call);
            }
            return Messages.result(message);
        } catch (PluginException.Unavailable | IllegalStateException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw cancelled();
            }
            throw new LinkException(Kind.AWAY, "the host has no connection to NATS now; try again later");
        } catch (TimeoutException e) {
            throw new LinkException(Kind.DEADLINE, "no answer came within " + call.within().toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer is only ever given", e);
        } finally {
            replies.close(replyTo);
        }
    }

    private static void publish(Connection connection, Message message) {
        try {
            connection.publish(message);
        } catch (IllegalArgumentException e) { // the server takes less than the one before did
            throw new LinkException(Kind.TOO_LARGE, "NATS does not take a message as large as the call's arguments");
        }
    }

    private static LinkException cancelled() {
        return new LinkException(Kind.CANCELLED, "the caller was interrupted while it waited");
    }

    private static LinkException refused(Message status, LinkAddress to, LinkCall call) {
        return status.getStatus().getCode() == NO_RESPONDERS
                ? new LinkException(Kind.NOBODY, "nobody serves it: workload " + to.namespace() + "/" + to.workload()
                        + " does not run, or its manifest's virga.serves has no entry {interface: "
                        + to.interfaceName() + ", to: [" + call.callerNamespace() + "]}")
                : new LinkException(Kind.AWAY, "NATS says: " + status.getStatus().getMessage());
    }

    /** How many bytes arguments and results may have; what NATS allows at least, while there is no connection. */
    public synchronized int most() {
        long payload = current.map(Connection::getMaxPayload).filter(n -> n > 0).orElse(1L << 20);
        return Math.clamp(payload - Messages.HEADER_BYTES, 0, Integer.MAX_VALUE);
    }

    /**
     * Answers calls from a namespace, with others that serve the same address: each call goes to one of them. Is
     * known to the server when this returns, if there is a connection; else as soon as there is one.
     *
     * @param calls how many may be under way
     * @param limiter charged for the messages of these
     * @param ended told of each call, with what went wrong, if anything did
     */
    public Serving serve(
            LinkAddress address,
            String callerNamespace,
            int calls,
            Limiter limiter,
            Consumer<Optional<LinkException>> ended,
            LinkHandler handler) {
        Served made = new Served(address.subjects(callerNamespace), callerNamespace, calls, limiter, ended, handler);
        Optional<Connection> connection;
        synchronized (this) {
            served.add(made);
            connection = current;
            connection.ifPresent(made::listen);
        }
        connection.ifPresent(this::flush);
        return new Serving() {
            @Override
            public void drain(Duration grace) {
                forget(made);
                made.drain(grace);
            }

            @Override
            public void close() {
                forget(made);
                made.close();
            }
        };
    }

    private synchronized void forget(Served gone) {
        served.remove(gone);
    }

    private void flush(Connection connection) {
        try {
            connection.flush(client.timeout());
        } catch (TimeoutException | IllegalStateException _) {
            // it is lost; the next one is told
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Something that answers calls, until it is closed. */
    public interface Serving extends AutoCloseable {

        /** Takes no more calls, and waits for the ends of those under way. */
        void drain(Duration grace);

        /** Takes no more calls; those under way are interrupted. */
        @Override
        void close();
    }

    /** All that it serves is closed before. */
    @Override
    public void close() {
        client.close();
    }
}
