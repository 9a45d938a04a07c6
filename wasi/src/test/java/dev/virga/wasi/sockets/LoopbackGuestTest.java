package dev.virga.wasi.sockets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.PreparedComponent;
import dev.virga.wasi.Await;
import dev.virga.wasi.GuestRun;
import dev.virga.wasi.WasiContext;
import dev.virga.wasi.WasiGrants;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Programs of Rust's standard library that talk to each other on a workload's loopback. */
@Timeout(60)
class LoopbackGuestTest {

    private static final InetSocketAddress PORT = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 7000);
    private static final InetSocketAddress PORT6 = new InetSocketAddress(InetAddress.ofLiteral("::1"), 7000);

    private final VirtualLoopback loopback = new VirtualLoopback();

    private GuestRun run(String role, String address) throws IOException {
        PreparedComponent<WasiContext> guest = GuestRun.guest("peers");
        return GuestRun.of(
                guest, WasiGrants.NONE.with(loopback).withArguments(List.of("peers", role, address)), new byte[0]);
    }

    private FutureTask<GuestRun> started(String role, String address) {
        FutureTask<GuestRun> run = new FutureTask<>(() -> run(role, address));
        Thread.ofVirtual().start(run);
        return run;
    }

    private static void await(VirtualPorts<?> ports, InetSocketAddress address) {
        Await.until(() -> ports.at(address).isPresent());
    }

    @Test
    void aServerAndAClientExchangeBytes() throws Exception {
        FutureTask<GuestRun> server = started("tcp-server", "0.0.0.0:7000");
        await(loopback.tcp(), PORT);
        GuestRun client = run("tcp-client", "localhost:7000");
        assertEquals("Ok(\"300000 same true\")\n", client.out(), client.err());
        assertEquals("Ok(\"300000 from 127.0.0.1\")\n", server.get().out(), server.get().err());
        assertTrue(loopback.pairs().hasRoom());
        assertEquals(List.of(), client.diagnostics());
    }

    @Test
    void theyDoSoOverIpv6() throws Exception {
        FutureTask<GuestRun> server = started("tcp-server", "[::]:7000");
        await(loopback.tcp(), PORT6);
        assertEquals("Ok(\"300000 same true\")\n", run("tcp-client", "[::1]:7000").out());
        assertEquals("Ok(\"300000 from ::1\")\n", server.get().out());
    }

    @Test
    void datagramsAreEchoed() throws Exception {
        FutureTask<GuestRun> server = started("udp-server", "127.0.0.1:7000");
        await(loopback.udp(), PORT);
        assertEquals("Ok(\"datagram\")\n", run("udp-client", "127.0.0.1:7000").out());
        assertEquals("Ok(\"8 from 127.0.0.1\")\n", server.get().out());
    }

    @Test
    void whereNobodyListensTheConnectionIsRefused() throws Exception {
        assertEquals("Err(ConnectionRefused)\n", run("tcp-client", "127.0.0.1:7000").out());
    }
}
