package dev.virga.wasi.http;

import static dev.virga.wasi.io.Results.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.Result;
import dev.virga.wasi.Await;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.HostGrant;
import dev.virga.wasi.NetworkQuota;
import dev.virga.wasi.Quota;
import dev.virga.wasi.SocketGrant;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.Results;
import dev.virga.wasi.sockets.VirtualLoopback;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two workloads that send requests through what they share. */
@Timeout(60)
class HttpSenderTest {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String OK_AND_CLOSE = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final NetworkQuota quota = NetworkQuota.standard();
    private HttpClients clients = new HttpClients(HttpClients::newTls);

    @AfterEach
    void close() {
        clients.close();
    }

    private HttpSender sender(WasiGrants grants, NetworkQuota quota, HttpLimits limits) {
        return new HttpSender(clients, grants, limits, quota, new Diagnostics(told::add));
    }

    private HttpSender sender() {
        WasiGrants grants = WasiGrants.NONE.with(HostGrant.parse("127.0.0.1"));
        return sender(grants, quota, HttpLimits.DEFAULT);
    }

    private static Result<FutureIncomingResponse, ErrorCode> start(HttpSender sender, String url) {
        OutgoingRequest request = new OutgoingRequest(Fields.mutable(1000));
        value(request.setScheme(Optional.of(url.startsWith("https") ? new Scheme.Https() : new Scheme.Http())));
        value(request.setAuthority(Optional.of(url.substring(url.indexOf("//") + 2))));
        return new OutgoingHandler(sender, OutgoingTrace.NONE).handle(request, Optional.empty());
    }

    private static Result<IncomingResponse, ErrorCode> finish(FutureIncomingResponse future) {
        future.subscribe().block();
        return value(future.get().orElseThrow());
    }

    private static void read(IncomingResponse response) {
        GuestInput bytes = value(value(response.consume()).stream());
        while (bytes.blockingRead(100).isOk()) {
            // on to the end
        }
    }

    /** Sends a request, reads the whole response and waits until its connection is free. */
    private void exchange(HttpSender sender, String url) {
        read(value(finish(value(start(sender, url)))));
        Await.until(() -> quota.connections().used() == 0);
    }

    private static ErrorCode failure(HttpSender sender, String url) {
        return Results.error(finish(value(start(sender, url))));
    }

    // Tenancy

    @Test
    void connectionsAreSharedWithinASenderOnly() throws Exception {
        try (RawServer server = RawServer.plain(OK);
                HttpSender one = sender();
                HttpSender two = sender()) {
            exchange(one, server.url());
            exchange(one, server.url());
            exchange(two, server.url());
            assertEquals(List.of(2, 1), server.requestsPerConnection());
        }
    }

    @Test
    void tlsSessionsAreSharedWithinASenderOnly(@TempDir Path directory) throws Exception {
        RawServer.Identity identity = RawServer.Identity.in(directory);
        clients = new HttpClients(identity::trusting);
        try (RawServer server = RawServer.secure(identity, OK_AND_CLOSE);
                HttpSender one = sender();
                HttpSender two = sender()) {
            exchange(one, server.url());
            exchange(one, server.url());
            exchange(two, server.url());
            List<String> sessions = server.sessions();
            assertEquals(3, sessions.size());
            assertEquals(sessions.get(0), sessions.get(1), "a session is resumed");
            assertNotEquals(sessions.get(0), sessions.get(2), "but not another sender's");
        }
    }

    @Test
    void aClosedSenderEndsItsConnectionsAndNoOthers() throws Exception {
        try (RawServer server = RawServer.plain(OK);
                HttpSender other = sender()) {
            HttpSender sender = sender();
            exchange(sender, server.url());
            exchange(other, server.url());
            sender.close();
            server.awaitClosed(1);
            exchange(other, server.url());
            assertEquals(List.of(1, 2), server.requestsPerConnection());
        }
    }

    @Test
    void aRequestUnderWayEndsWithItsSender() throws Exception {
        try (RawServer server = RawServer.plain("")) {
            HttpSender sender = sender();
            FutureIncomingResponse future = value(start(sender, server.url()));
            server.awaitRequests(1);
            sender.close();
            assertInstanceOf(Result.Err.class, finish(future));
        }
    }

    // Traces

    private static final class Followed implements OutgoingTrace.Sent {
        private final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public Map<String, String> headers() {
            return Map.of("traceparent", "00-1");
        }

        @Override
        public void answered(int status) {
            told.add("answered " + status);
        }

        @Override
        public void failed(String why) {
            told.add("failed " + why);
        }

        @Override
        public void ended() {
            told.add("ended");
        }
    }

    private void follow(String url, Followed followed) {
        OutgoingRequest request = new OutgoingRequest(Fields.mutable(1000));
        value(request.setScheme(Optional.of(new Scheme.Http())));
        value(request.setAuthority(Optional.of(url.substring(url.indexOf("//") + 2))));
        value(request.setPathWithQuery(Optional.of("/pay?secret")));
        try (HttpSender sender = sender()) {
            OutgoingTrace trace = (method, scheme, host, port, path) -> {
                followed.told.add(method + " " + scheme + " " + host + " " + path);
                return followed;
            };
            var answer = finish(value(new OutgoingHandler(sender, trace).handle(request, Optional.empty())));
            if (answer instanceof Result.Ok<IncomingResponse, ErrorCode>(IncomingResponse response)) {
                read(response);
            }
            Await.until(() -> followed.told.contains("ended"));
        }
    }

    @Test
    void aRequestIsFollowedToItsEnd() throws Exception {
        Followed answered = new Followed();
        try (RawServer server = RawServer.plain("HTTP/1.1 204 None\r\n\r\n")) {
            follow(server.url(), answered);
        }
        assertEquals(List.of("GET http 127.0.0.1 /pay", "answered 204", "ended"), answered.told);
        Followed refused = new Followed();
        try (RawServer gone = RawServer.plain("")) {
            gone.close();
            follow(gone.url(), refused);
        }
        assertEquals(List.of("GET http 127.0.0.1 /pay", "failed ConnectionRefused", "ended"), refused.told);
    }

    // Limits

    @Test
    void requestsUnderWayAreBoundedForAWorkload() throws Exception {
        NetworkQuota one = new NetworkQuota(new Quota(1), new Quota(1));
        WasiGrants grants = WasiGrants.NONE.with(HostGrant.parse("127.0.0.1"));
        try (RawServer silent = RawServer.plain("");
                RawServer server = RawServer.plain(OK);
                HttpSender sender = sender(grants, one, HttpLimits.DEFAULT)) {
            FutureIncomingResponse waiting = value(start(sender, silent.url()));
            assertInstanceOf(ErrorCode.ConnectionLimitReached.class, Results.error(start(sender, server.url())));
            assertTrue(told.getFirst().contains("with 1 connections open"), told::toString);
            silent.awaitRequests(1);
            waiting.close();
            Await.until(() -> one.connections().used() == 0);
            exchange(sender, server.url());
        }
    }

    @Test
    void noStepTakesLongerThanTheWorkloadMay() throws Exception {
        WasiGrants grants = WasiGrants.NONE.with(HostGrant.parse("127.0.0.1"));
        HttpLimits limits = new HttpLimits(1000, Duration.ofMillis(100));
        try (RawServer silent = RawServer.plain("");
                HttpSender sender = sender(grants, NetworkQuota.standard(), limits)) {
            assertInstanceOf(ErrorCode.ConnectionReadTimeout.class, failure(sender, silent.url()));
        }
    }

    // Egress

    @ParameterizedTest
    @ValueSource(strings = {"loopback.test", "metadata.test"})
    void aNameThatWasPointedIntoTheHostsNetworkLeadsNowhere(String name) throws Exception {
        try (RawServer server = RawServer.plain(OK);
                HttpSender sender =
                        sender(WasiGrants.NONE.with(HostGrant.parse("*")), NetworkQuota.standard(), HttpLimits.DEFAULT)) {
            assertInstanceOf(
                    ErrorCode.DestinationIpProhibited.class, failure(sender, "http://" + name + ":" + server.port()));
            assertEquals(List.of(), server.requestsPerConnection());
        }
    }

    @Test
    void aWorkloadWithALoopbackOfItsOwnReachesThatOfTheHostByGrantedPortsOnly() throws Exception {
        try (VirtualLoopback own = new VirtualLoopback();
                RawServer server = RawServer.plain(OK)) {
            WasiGrants grants = WasiGrants.NONE.with(own).with(HostGrant.parse("localhost")).with(HostGrant.parse("127.0.0.1"));
            WasiGrants more = grants.with(SocketGrant.hostLoopback(Integer.toString(server.port())));
            try (HttpSender refused = sender(grants, NetworkQuota.standard(), HttpLimits.DEFAULT);
                    HttpSender allowed = sender(more, NetworkQuota.standard(), HttpLimits.DEFAULT)) {
                assertInstanceOf(
                        ErrorCode.DestinationIpProhibited.class, failure(refused, "http://localhost:" + server.port()));
                assertTrue(told.getFirst().contains("granted port by port"), told::toString);
                exchange(allowed, "http://localhost:" + server.port());
            }
        }
    }

    @Test
    void aSchemeMayBeGrantedAlone() {
        WasiGrants grants = WasiGrants.NONE.with(HostGrant.parse("https://127.0.0.1"));
        try (HttpSender sender = sender(grants, NetworkQuota.standard(), HttpLimits.DEFAULT)) {
            assertInstanceOf(ErrorCode.HttpRequestDenied.class, Results.error(start(sender, "http://127.0.0.1:1")));
            assertInstanceOf(ErrorCode.ConnectionRefused.class, failure(sender, "https://127.0.0.1:1"));
        }
    }
}
