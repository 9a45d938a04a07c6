package dev.virga.plugin.messaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.component.Tuple;
import dev.virga.engine.Trap;
import dev.virga.plugin.Grant;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.WorkloadName;
import dev.virga.plugin.testkit.TestHost;
import dev.virga.plugin.testkit.TestWorkload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Guests that send and handle messages. */
class MessagingGuestsTest {

    private static final WorkloadName SENDER = new WorkloadName("shop", "sender");
    private static final WorkloadName HANDLER = new WorkloadName("shop", "handler");

    private TestHost host;

    @BeforeEach
    void open(@TempDir Path data) {
        host = new TestHost(new MessagingProvider(), data, Map.of());
    }

    @AfterEach
    void close() {
        host.close();
    }

    private static byte[] guest(String name) throws IOException {
        return Files.readAllBytes(Path.of("src/test/guests", name + ".wasm"));
    }

    private TestWorkload wasmcloud(WorkloadName name, String... settings) throws IOException {
        return host.start(
                name,
                guest("wasmcloud"),
                TestHost.grant(name, "wasmcloud:messaging", Set.of("consumer", "handler"), settings));
    }

    private TestWorkload wasi(WorkloadName name, String... settings) throws IOException {
        return host.start(
                name,
                guest("wasi"),
                TestHost.grant(name, "wasi:messaging", Set.of("producer", "incoming-handler"), settings));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Object publish(TestWorkload sender, String subject, byte[] body) {
        return sender.call(List.of("publish"), subject, body, Optional.empty());
    }

    private static Object request(TestWorkload sender, String subject, String body, int timeoutMs) {
        Object result = sender.call(List.of("request"), subject, bytes(body), timeoutMs);
        return result instanceof Result.Ok<?, ?>(byte[] answer) ? new String(answer, StandardCharsets.UTF_8) : result;
    }

    @Test
    void aHandlerAnswersARequest() throws IOException {
        try (TestWorkload _ = wasmcloud(HANDLER, "subscriptions=ask.*, other.>");
                TestWorkload sender = wasmcloud(SENDER)) {
            assertEquals("HELLO", request(sender, "ask.me", "hello", 20_000));
            assertEquals(List.of("used wasmcloud:messaging: request ask.me"), sender.audit());
        }
    }

    @Test
    void tenantsDoNotHearEachOther() throws IOException {
        try (TestWorkload _ = wasmcloud(HANDLER, "subscriptions=>");
                TestWorkload stranger = wasmcloud(new WorkloadName("evil", "sender"))) {
            assertEquals(Result.err("nobody listens to ask.me"), request(stranger, "ask.me", "hello", 20_000));
        }
    }

    @Test
    void requestsEndAtTheirTimeouts() throws IOException {
        try (TestWorkload _ = wasmcloud(HANDLER, "subscriptions=ask");
                TestWorkload sender = wasmcloud(SENDER)) {
            assertEquals(Result.err("no answer from ask within 50 ms"), request(sender, "ask", "silent", 50));
            assertEquals(
                    Result.err("a timeout of 0 ms leaves no time for an answer"), request(sender, "ask", "silent", 0));
            assertEquals("X", request(sender, "ask", "x", -1)); // 2^32-1
        }
    }

    @Test
    void wrongSubjectsAndBodiesAreRefusedAndTold() throws IOException {
        try (TestWorkload sender = wasmcloud(SENDER)) {
            for (String subject : List.of("", "a.*", ">", "a b", "x\r\nPUB y 0", "$SYS.x", "x".repeat(2000))) {
                assertTrue(publish(sender, subject, new byte[0]) instanceof Result.Err<?, ?>, subject);
            }
            assertEquals(Result.ok(), publish(sender, "a", new byte[1 << 20]));
            assertEquals(
                    Result.err("a message of 1048577 bytes: at most 1048576 are allowed; store the content elsewhere"
                            + " and send its name, or raise the limit"),
                    publish(sender, "a", new byte[(1 << 20) + 1]));
            assertEquals(8, sender.audit().stream().filter(line -> line.startsWith("refused")).count());
        }
    }

    @Test
    void whatFailsIsDeliveredAgainAndThenPutAway() throws Exception {
        try (TestWorkload _ = wasmcloud(HANDLER, "subscriptions=work", "maxDeliver=2", "deadLetter=dead");
                TestWorkload _ = wasmcloud(new WorkloadName("shop", "undertaker"), "subscriptions=dead");
                TestWorkload sender = wasmcloud(SENDER)) {
            assertEquals(Result.ok(), publish(sender, "work", bytes("fail")));
            logged("shop/handler: a message of work is delivered again: the guest says: told to fail");
            logged("shop/handler: a message of work is given up after 2 of 2 deliveries: the guest says: told to fail");
            logged("shop/undertaker: a message of dead is given up after 1 of 1 deliveries: the guest says: told to");
            assertEquals(Result.ok(), publish(sender, "work", bytes("trap")));
            logged("shop/handler: a message of work is given up after 2 of 2 deliveries: the guest trapped: ");
            assertEquals("DONE", request(sender, "work", "done", 20_000));
        }
    }

    private void logged(String beginning) throws InterruptedException {
        long end = System.nanoTime() + 20_000_000_000L;
        while (host.log().stream().noneMatch(line -> line.startsWith(beginning))) {
            assertTrue(System.nanoTime() < end, () -> "not within 20 s: " + host.log());
            Thread.sleep(5);
        }
    }

    @Test
    void wasiMessagesCarryTopicDataAndHeaders() throws IOException {
        try (TestWorkload _ = wasi(HANDLER, "subscriptions=ask.>");
                TestWorkload sender = wasi(SENDER)) {
            Object result = sender.call(List.of("request"), "ask.a", bytes("q"), Optional.of(20_000), 1);
            assertEquals("Some(\"ask.a\") q []", new String(only(result), StandardCharsets.UTF_8));
            assertEquals(
                    Result.ok(),
                    sender.call(List.of("send"), "ask.b", bytes("x"), List.of(new Tuple(List.of("k", "v")))));
            for (String name : List.of("", "a b", "a:b", "Nats-Rollup")) {
                assertTrue(
                        sender.call(List.of("send"), "ask.b", bytes("x"), List.of(new Tuple(List.of(name, "v"))))
                                instanceof Result.Err<?, ?>,
                        name);
            }
            assertEquals(
                    Result.err("a header's value must be printable ASCII"),
                    sender.call(List.of("send"), "ask.b", bytes("x"), List.of(new Tuple(List.of("k", "a\r\nb: c")))));
            assertEquals(
                    Result.err("connection: the client is disconnected; connect another one"),
                    sender.call(List.of("disconnected")));
        }
    }

    private static byte[] only(Object result) {
        if (result instanceof Result.Ok<?, ?>(List<?> all) && all.getFirst() instanceof byte[] answer) {
            return answer;
        }
        throw new AssertionError("no answer: " + result);
    }

    @Test
    void wasiTimeoutsAndAnswersAreBounded() throws IOException {
        try (TestWorkload _ = wasi(HANDLER, "subscriptions=ask");
                TestWorkload sender = wasi(SENDER)) {
            assertEquals(
                    Result.err("timeout"), sender.call(List.of("request"), "ask", bytes("fail"), Optional.of(30), 1));
            assertEquals(Result.err("timeout"), sender.call(List.of("request"), "ask", bytes("q"), Optional.of(0), 1));
            only(sender.call(List.of("request"), "ask", bytes("q"), Optional.of(-1), 0));
            only(sender.call(List.of("request"), "ask", bytes("q"), Optional.of(2000), -1));
        }
    }

    @Test
    void messagesThatAGuestHoldsAreBoundedAndCharged() throws IOException {
        try (TestWorkload guest = wasi(SENDER)) {
            guest.call(List.of("hoard"), 200, 100_000);
            assertTrap("one message more than the 256", () -> guest.call(List.of("hoard"), 257, 1));
            assertTrap("at most 1048576 are allowed", () -> guest.call(List.of("hoard"), 1, (1 << 20) + 1));
            assertTrap("the memory limit leaves no room", () -> guest.call(List.of("hoard"), 256, 1 << 20));
        }
    }

    private static void assertTrap(String text, Executable call) {
        Trap trap = assertThrows(Trap.class, call);
        assertTrue(trap.getMessage().contains(text), trap::getMessage);
    }

    @Test
    void aHandlerWithoutSubscriptionsIsToldToTheOperator() throws IOException {
        try (TestWorkload _ = wasmcloud(HANDLER)) {
            assertEquals(
                    List.of("shop/handler: wasmcloud:messaging/handler@0.2.0 is exported and never called, since"
                            + " wasmcloud:messaging has no setting \"subscriptions\""),
                    host.log());
        }
    }

    @Test
    void wrongEntriesAreRefused() {
        Map<String, String> wrong = Map.of(
                "subscriptions=a..b", "the setting \"subscriptions\" has the subject \"a..b\": it has an empty part",
                "subscriptions=", "the setting \"subscriptions\" has the subject \"\": it has an empty part",
                "max_in_flight=0", "the setting \"max_in_flight\" must be from 1 to 10000, but is 0",
                "maxDeliver=-1", "the setting \"maxDeliver\" must be from 1 to 1000, but is -1",
                "consumer_group=a b",
                        "the setting \"consumer_group\" must be printable ASCII without dots, spaces, * and >; at most 128",
                "backend=other", "the host has no messaging backend \"other\"; it has [memory]",
                "ackWait=10s",
                        "the setting \"ackWait\" has no meaning with this backend, which does not keep messages; remove it,"
                                + " or choose a durable backend");
        wrong.forEach((setting, message) -> assertEquals(
                "wasmcloud:messaging: " + message,
                assertThrows(PluginException.Refused.class, () -> host.plugin().bind(entry(setting))).getMessage()));
        assertThrows(PluginException.Refused.class, () -> host.plugin().bind(entry("subscription=a")));
        assertThrows(
                PluginException.Refused.class, () -> host.plugin().bind(entry("subscriptions=a.*", "deadLetter=a.b")));
    }

    private static Grant entry(String... settings) {
        return TestHost.grant(SENDER, "wasmcloud:messaging", Set.of("handler"), settings);
    }

    @Test
    void subscriptionsNeedAHandler() throws IOException {
        byte[] wasmcloud = guest("wasmcloud");
        Grant wasi = TestHost.grant(HANDLER, "wasi:messaging", Set.of("incoming-handler"), "subscriptions=a");
        assertEquals(
                "wasi:messaging: there are subscriptions, but no component exports"
                        + " wasi:messaging/incoming-handler@0.2.0-draft",
                assertThrows(PluginException.Refused.class, () -> host.start(HANDLER, wasmcloud, wasi)).getMessage());
        assertEquals(List.of(), host.log());
    }
}
