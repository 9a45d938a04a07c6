package dev.virga.operator.hosts;

import dev.virga.hostapi.HostApi;
import dev.virga.hostapi.message.MessageException;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsClient;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener.Events;
import io.nats.client.Message;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The hosts of a cluster, over NATS: heartbeats come in, commands go out. The connection is made in the background,
 * and made again for ever.
 */
public final class Hosts implements AutoCloseable {

    private static final String HEARTBEATS = "runtime.operator.heartbeat.";

    /** All hosts may report at once, as after an outage. */
    private static final int MOST_PENDING = 1 << 14;

    private static final int MOST_PENDING_BYTES = 32 << 20;

    private final Patience patience;
    private final Consumer<String> log;
    private final BlockingQueue<HostEvent> events = new LinkedBlockingQueue<>();
    private final Semaphore checkAgain = new Semaphore(0);
    private final CountDownLatch made = new CountDownLatch(1);
    private String complaint = "";
    private final HostRegistry registry;
    private final NatsClient nats;
    private final HostCommands commands;
    private final Leftovers leftovers;
    private final Thread telling;
    private final Thread checking;

    /**
     * Returns before there is a connection.
     *
     * @param settings how to reach NATS, as a NATS backend has them: {@code url}, {@code creds}, {@code nkey}, ...
     * @param listener called with one event after the other, on a thread of its own
     * @param log for people; one line
     * @throws dev.virga.plugin.PluginException.Refused if a setting is wrong or unknown
     */
    public Hosts(Settings settings, Patience patience, Consumer<HostEvent> listener, Consumer<String> log) {
        this(settings, patience, listener, log, System::nanoTime);
    }

    Hosts(
            Settings settings,
            Patience patience,
            Consumer<HostEvent> listener,
            Consumer<String> log,
            LongSupplier clock) {
        settings.allow(HostApi.SETTINGS);
        this.patience = patience;
        this.log = log;
        this.registry = new HostRegistry(patience, clock, this::ask, events::add);
        this.nats = new NatsClient("hosts", settings, log, this::connected);
        this.commands = new HostCommands(nats);
        this.leftovers = new Leftovers(commands, log);
        this.telling = Thread.ofVirtual().name("host events").start(() -> tell(listener));
        this.checking = Thread.ofVirtual().name("host liveness").start(this::check);
        made.countDown();
    }

    public HostRegistry registry() {
        return registry;
    }

    public HostCommands commands() {
        return commands;
    }

    /**
     * Stops a workload on a host that is lost, should that host come back: it may have been cut off only, and then runs
     * what runs elsewhere by now.
     */
    public void stopWhenBack(String host, String workloadId) {
        leftovers.add(host, workloadId);
    }

    private void connected(Connection connection) {
        awaitMade();
        var dispatcher = connection.createDispatcher(this::heartbeat);
        dispatcher.setPendingLimits(MOST_PENDING, MOST_PENDING_BYTES);
        dispatcher.subscribe(HEARTBEATS + "*");
        connection.addConnectionListener((_, event) -> {
            switch (event) {
                case DISCONNECTED, CLOSED -> hearing(false);
                case RESUBSCRIBED -> hearing(true);
                default -> {}
            }
        });
        if (connection.getStatus() == Connection.Status.CONNECTED) {
            hearing(true);
        }
    }

    /** The first connection may be there before the constructor has returned. */
    private void awaitMade() {
        try {
            made.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // nobody does
        }
    }

    private void hearing(boolean now) {
        registry.hearing(now);
        checkAgain.release();
    }

    private void heartbeat(Message message) {
        String id = message.getSubject().substring(HEARTBEATS.length());
        try {
            registry.heard(HeartbeatReader.read(id, message.getData()));
        } catch (MessageException | IllegalArgumentException e) {
            complain("a heartbeat for " + id + " is not taken: " + e.getMessage());
        } catch (RuntimeException e) { // a fault of ours must not end the subscription
            complain("a heartbeat for " + id + " could not be handled: " + e);
        }
    }

    /** Not the same again and again; called by one thread. */
    private void complain(String text) {
        if (!text.equals(complaint)) {
            complaint = text;
            log.accept(text);
        }
    }

    private void ask(String id) {
        Thread.ofVirtual().name("heartbeat of " + id).start(() -> {
            try {
                registry.heard(HeartbeatReader.checked(id, commands.heartbeat(id, patience.answer())));
            } catch (HostException.NotConnected e) {
                // then no time counts
            } catch (HostException | IllegalArgumentException e) {
                registry.unanswered(id, e instanceof HostException.Absent);
            }
        });
    }

    private void check() {
        try {
            while (true) {
                long wait = registry.check();
                checkAgain.tryAcquire(Math.max(1, wait), TimeUnit.NANOSECONDS);
                checkAgain.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private void tell(Consumer<HostEvent> listener) {
        try {
            while (true) {
                HostEvent event = events.take();
                try {
                    leftovers.accept(event);
                    listener.accept(event);
                } catch (RuntimeException e) { // later events matter as much
                    log.accept("an event could not be handled: " + event + ": " + e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    @Override
    public void close() {
        checking.interrupt();
        nats.close();
        telling.interrupt();
        try {
            checking.join();
            telling.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
