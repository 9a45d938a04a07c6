package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.RecordValue;
import dev.virga.component.Result;
import dev.virga.link.LinkAddress;
import dev.virga.link.LinkCall;
import dev.virga.link.LinkException;
import dev.virga.link.LinkException.Kind;
import dev.virga.link.LinkFunction;
import dev.virga.link.RandomTypes;
import dev.virga.plugin.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** A client calls relays on one host, which call a provider on another. */
@Timeout(120)
class LinksTest {

    private static final String LINK = "over the link to test:links/work@1 of component provider of workload"
            + " default/answers failed: ";

    @TempDir
    private static Path folder;

    private static NatsServer nats;
    private static TestHost first;
    private static TestHost second;
    private static LinkClient client;

    @BeforeAll
    static void start() throws Exception {
        Path store = Files.createDirectory(folder.resolve("nats"));
        nats = new NatsServer(store);
        first = new TestHost(folder.resolve("first"), Optional.empty(), Optional.of(nats.url()));
        second = new TestHost(folder.resolve("second"), Optional.empty(), Optional.of(nats.url()));
        second.apply(LinkManifests.provider(LinkManifests.SERVES));
        first.apply(LinkManifests.relay("relay", "default", "20s", ""));
        first.apply(LinkManifests.relay("hasty", "default", "300ms", ""));
        second.await("answers", s -> s.phase().equals("Running"));
        first.await("relay", s -> s.phase().equals("Running"));
        first.await("hasty", s -> s.phase().equals("Running"));
        client = new LinkClient(nats.url());
    }

    @AfterAll
    static void stop() throws Exception {
        try (NatsServer _ = nats;
                TestHost _ = second;
                TestHost _ = first;
                LinkClient _ = client) {
            // in this order from the last on
        }
    }

    private static LinkException fails(Executable call, String text) {
        LinkException e = assertThrows(LinkException.class, call);
        assertTrue(e.getMessage().contains(text), e.getMessage());
        return e;
    }

    @Test
    void valuesOfEveryKindComeBack() {
        var type = client.type("values", "echo").params().getFirst().type();
        for (int seed = 0; seed < 100; seed++) {
            RecordValue value = (RecordValue) new RandomTypes(seed).value(type);
            Result<?, ?> back = (Result<?, ?>) client.call("relay", "values", "echo", value);
            LinkFunction codec = new LinkFunction(client.type("values", "echo"));
            Object returned = assertInstanceOf(Result.Ok.class, back).value();
            assertArrayEquals(
                    codec.encodeArguments(new Object[] {value}, 1 << 20),
                    codec.encodeArguments(new Object[] {returned}, 1 << 20));
        }
        RecordValue value = (RecordValue) new RandomTypes(1).value(type);
        Map<String, Object> fields = new LinkedHashMap<>(value.fields());
        fields.put("text", "refuse");
        assertEquals(Result.err("as you wish"), client.call("relay", "values", "echo", new RecordValue(fields)));
    }

    @Test
    void manyArgumentsArriveInTheirOrderAndNoneAreNeeded() {
        assertEquals(
                10L + 5 + 6,
                client.call("relay", "values", "sum", 1L, 2, (short) 3, (byte) 4, -1L, -2, (short) 3, (byte) 0,
                        new byte[] {5}, List.of(1, 2), "abc"));
        client.call("relay", "values", "nothing");
    }

    @Test
    void aCallEndsAtTheDeadlineOfItsLink() {
        long begun = System.nanoTime();
        fails(() -> client.call("hasty", "work", "wait", 30_000), "wait " + LINK);
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(10).toNanos());
        assertEquals(7, client.call("hasty", "work", "wait", 7));
    }

    @Test
    void theDeadlineOfTheFirstCallHoldsForThoseBehindIt() throws Exception {
        long begun = System.nanoTime();
        LinkException e = assertThrows(
                LinkException.class,
                () -> client.call("relay", Duration.ofMillis(400), Map.of(), "work", "wait", 25_000));
        // All deadlines are the same moment: who notices first answers.
        assertTrue(e.kind() == Kind.DEADLINE || e.getMessage().contains("wait " + LINK), e.getMessage());
        second.awaitMetric("virga_link_answers_total{namespace=\"default\",outcome=\"deadline\",workload=\"answers\"}");
        assertTrue(System.nanoTime() - begun < Duration.ofSeconds(15).toNanos(), "before the link's own deadline");
    }

    @Test
    void aTrapOnTheOtherHostIsToldAndTheNextCallIsWell() {
        fails(() -> client.call("relay", "work", "fail"), "fail " + LINK + "the component trapped: ");
        assertEquals(2, client.call("relay", "work", "one", 1));
    }

    @Test
    void whatIsTooLargeForAMessageIsRefusedBothWays() {
        assertEquals(500_000, ((byte[]) client.call("relay", "work", "big", 500_000)).length);
        fails(() -> client.call("relay", "work", "big", 2 << 20), "big " + LINK + "the values take more than the ");
        assertEquals(2, client.call("relay", "work", "one", 1));
    }

    @Test
    void manyCallsAtATimeGetEachItsOwnAnswer() throws Exception {
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int n = i;
            calls.add(() -> (Integer) client.call("relay", Duration.ofSeconds(60), Map.of(), "work", "one", n));
        }
        try (var threads = Executors.newFixedThreadPool(40, Thread.ofVirtual().factory())) {
            List<Future<Integer>> answers = threads.invokeAll(calls);
            for (int i = 0; i < answers.size(); i++) {
                assertEquals(i + 1, answers.get(i).get());
            }
        }
    }

    @Test
    void traceAndRequestArriveWithTheCall() throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        Map<String, String> headers = Map.of("traceparent", "00-" + trace + "-b7ad6b7169203331-01");
        client.call("relay", Duration.ofSeconds(20), headers, "work", "say", "hello from afar");
        String line = second.awaitLog("hello from afar");
        assertTrue(line.contains(trace) && line.contains("request-7"), line);
    }

    @Test
    void anotherNamespaceIsNotServed() throws Exception {
        first.apply(LinkManifests.relay("stranger", "other", "5s", ""));
        first.await("stranger", s -> s.phase().equals("Running"));
        LinkFunction codec = new LinkFunction(client.type("work", "one"));
        LinkException e = assertThrows(LinkException.class, () -> client.network().call(
                new LinkAddress("other", "stranger", "relay", "test:links/work@1"),
                new LinkCall("client", "one", codec.fingerprint(), Duration.ofSeconds(5), "", Map.of(), new byte[] {1})));
        assertTrue(e.getMessage().contains("nobody serves it"), e.getMessage());
        assertTrue(e.getMessage().contains("{interface: test:links/work@1, to: [other]}"), e.getMessage());
        LinkException own = assertThrows(LinkException.class, () -> client.network().call(
                LinkClient.address("work", "answers", "provider"),
                new LinkCall("client", "one", codec.fingerprint(), Duration.ofSeconds(5), "", Map.of(), new byte[] {1})));
        assertEquals(Kind.NOBODY, own.kind());
    }

    @Test
    void garbageFromAThirdClientDoesNoHarm() throws Exception {
        String one = new LinkFunction(client.type("work", "one")).fingerprint();
        String subject = "virga-link.default.answers.provider.test:links/work@1.default.";
        Random random = new Random(3);
        try (Connection third = Nats.connect(nats.url())) {
            var spied = third.subscribe("stolen.>");
            for (int i = 0; i < 2000; i++) {
                byte[] body = new byte[random.nextInt(40)];
                random.nextBytes(body);
                Headers headers = new Headers();
                headers.put("Virga-Deadline", List.of("", "x", "-1", "99999999999999999999", "1", "5000").get(i % 6));
                headers.put("Virga-Type", i % 2 == 0 ? one : "0");
                third.publish(NatsMessage.builder()
                        .subject(subject + List.of("one", "none", "echo", "*bad", "big").get(i % 5))
                        .replyTo(i % 7 == 0 ? "stolen." + i : i % 3 == 0 ? null : "_INBOX.third." + i)
                        .headers(i % 4 == 0 ? null : headers)
                        .data(body)
                        .build());
            }
            third.flush(Duration.ofSeconds(10));
            assertEquals(2, callUnlessBusy());
            third.flush(Duration.ofSeconds(10));
            assertNull(spied.nextMessage(Duration.ofMillis(1)));
        }
        second.awaitMetric("virga_link_answers_total{namespace=\"default\",outcome=\"malformed\",workload=\"answers\"}");
        second.awaitMetric("virga_link_answers_total{namespace=\"default\",outcome=\"type\",workload=\"answers\"}");
    }

    /** What others send fills the places for calls, for as long as it takes to answer it. */
    private Object callUnlessBusy() {
        while (true) {
            try {
                return client.call("relay", "work", "one", 1);
            } catch (LinkException e) {
                assertTrue(e.getMessage().contains("calls are under way already"), e.getMessage());
            }
        }
    }

    private void assertRefused(String manifest, String text) throws Exception {
        first.apply(manifest);
        Status status = first.await("refused", s -> !s.message().isEmpty());
        assertTrue(status.message().contains(text), status.message());
        first.delete(dev.virga.host.manifest.Kind.WORKLOAD, "refused");
    }

    @Test
    void whatCannotBeLinkedIsRefusedWithTheReason() throws Exception {
        String relay = LinkManifests.relay("refused", "default", "5s", "");
        String bare = relay.substring(0, relay.indexOf("virga:"));
        assertRefused(bare, "component relay: it imports test:links/values@1.2.0, which no other component of the"
                + " workload exports");
        String to = "to: {workload: answers, component: provider}";
        assertRefused(
                relay.replace("  serves:", "    - {interface: \"wasi:io/poll@0.2.0\", " + to + "}\n  serves:"),
                "cannot be linked: the type borrow<pollable> has no values that can leave the process, in its function"
                        + " [method]pollable.");
        assertRefused(
                relay.replace("  serves:", "    - {interface: \"test:links/other\", " + to + "}\n  serves:"),
                "virga.links has test:links/other, which no component imports");
        assertRefused(
                relay.replace("  serves:", "    - {interface: \"test:links/work@1.1.0\", " + to + "}\n  serves:"),
                "virga.links has test:links/work@1.2.0 of component relay twice");
        assertRefused(
                relay.replace("  serves:\n", "  serves:\n    - {interface: \"test:links/other\"}\n"),
                "virga.serves has test:links/other, which no component exports");
        assertRefused(
                relay.replace("components: [", "components: [{name: p, image: \"file:" + TestHost.GUESTS
                        + "/provider.wasm\"}, "),
                "which another component of the workload exports and virga.links has as well");
        try (TestHost alone = new TestHost(folder.resolve("alone"))) {
            alone.apply(relay);
            Status status = alone.await("refused", s -> !s.message().isEmpty());
            assertTrue(status.message().contains("this host has no NATS for links"), status.message());
        }
    }
}
