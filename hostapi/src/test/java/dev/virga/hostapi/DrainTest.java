package dev.virga.hostapi;

import static java.net.http.HttpRequest.BodyPublishers.ofString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.plugin.nats.NatsServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that stop while requests come. */
@Timeout(120)
class DrainTest {

    private static final int CLIENTS = 8;
    private static final int MORE = 50;

    @TempDir
    private Path folder;

    /** Clients with connections that they keep, and the hosts that a scheduler has them ask. */
    private static final class Clients implements AutoCloseable {
        private volatile List<URI> endpoints;
        private final List<Thread> threads = new ArrayList<>();
        private final List<String> failures = new CopyOnWriteArrayList<>();
        private final AtomicInteger answered = new AtomicInteger();
        private final AtomicBoolean ended = new AtomicBoolean();

        Clients(URI... uris) {
            endpoints = List.of(uris);
            for (int i = 0; i < CLIENTS; i++) {
                int first = i;
                threads.add(Thread.ofVirtual().start(() -> ask(first)));
            }
        }

        private void ask(int first) {
            try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
                for (int i = first; !ended.get() && failures.isEmpty(); i++) {
                    List<URI> now = endpoints;
                    URI uri = now.get(i % now.size());
                    try {
                        // Not GET, which the client would send once more by itself.
                        HttpRequest request = HttpRequest.newBuilder(uri).POST(ofString("hello")).build();
                        int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
                        if (status == 200) {
                            answered.incrementAndGet();
                        } else {
                            failures.add(uri + " answers " + status);
                        }
                    } catch (IOException e) {
                        failures.add(uri + " fails: " + e);
                    } catch (InterruptedException e) {
                        return;
                    }
                }
            }
        }

        /** Until so many more requests are answered. */
        void await(int more) {
            int end = answered.get() + more;
            while (answered.get() < end && failures.isEmpty()) {
                Thread.onSpinWait();
            }
        }

        @Override
        public void close() throws InterruptedException {
            ended.set(true);
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }

    /** By a name, since routes are for names. */
    private static URI atLocalhost(TestHost host) {
        return URI.create("http://localhost:" + host.server().uri().getPort() + "/echo");
    }

    @Test
    void noRequestIsLostWhenAHostStops() throws Exception {
        try (NatsServer nats = new NatsServer(folder);
                TestOperator operator = new TestOperator(nats.url());
                TestHost stops = new TestHost(folder, "h1", TestHost.nats(nats.url()));
                TestHost stays = new TestHost(folder, "h2", TestHost.nats(nats.url()))) {
            operator.await("h1");
            operator.await("h2");
            operator.start("h1", "1", TestOperator.api("acme", "shop-1", "localhost"));
            operator.start("h2", "2", TestOperator.api("acme", "shop-2", "localhost"));
            URI stopping = atLocalhost(stops);
            URI staying = atLocalhost(stays);
            try (Clients clients = new Clients(stopping, staying)) {
                clients.await(MORE);
                FutureTask<Void> stop = new FutureTask<>(() -> {
                    stops.drain(Duration.ofMinutes(1));
                    stops.close();
                    return null;
                });
                Thread.ofVirtual().start(stop);
                JsonNode heartbeat;
                do {
                    heartbeat = operator.await("h1");
                } while (!heartbeat.path("labels").path("virga.dev/draining").asText().equals("true"));
                clients.await(MORE); // until then requests still come
                clients.endpoints = List.of(staying);
                clients.await(MORE);
                assertEquals("STOPPING", operator.stop("h1", "1").state());
                stop.get();
                clients.await(MORE);
                clients.close();
                assertEquals(List.of(), clients.failures);
            }
        }
    }

    /** As where Kubernetes alone sends requests elsewhere: the connections to it are left as they are. */
    @Test
    void requestsOnConnectionsThatAreKeptAreAnsweredWhileTheHostCloses() throws Exception {
        try (NatsServer nats = new NatsServer(folder);
                TestOperator operator = new TestOperator(nats.url());
                TestHost stops = new TestHost(folder, "h1", TestHost.nats(nats.url()));
                TestHost stays = new TestHost(folder, "h2", TestHost.nats(nats.url()))) {
            operator.await("h1");
            operator.await("h2");
            operator.start("h1", "1", TestOperator.api("acme", "shop-1", "localhost"));
            operator.start("h2", "2", TestOperator.api("acme", "shop-2", "localhost"));
            URI stopping = atLocalhost(stops);
            URI staying = atLocalhost(stays);
            try (Clients clients = new Clients(stopping, staying)) {
                clients.await(MORE);
                stops.drain(Duration.ofMillis(100));
                clients.endpoints = List.of(staying);
                stops.close();
                clients.await(MORE);
                clients.close();
                assertTrue(clients.failures.isEmpty(), clients.failures::toString);
            }
        }
    }
}
