package dev.virga.wasi;

import dev.virga.component.HostInterface;
import dev.virga.component.Linker;
import dev.virga.wasi.cli.Environment;
import dev.virga.wasi.cli.Exit;
import dev.virga.wasi.cli.StandardStreams;
import dev.virga.wasi.cli.TerminalInput;
import dev.virga.wasi.cli.TerminalOutput;
import dev.virga.wasi.clocks.MonotonicClock;
import dev.virga.wasi.clocks.Timezone;
import dev.virga.wasi.clocks.WallClock;
import dev.virga.wasi.filesystem.Descriptor;
import dev.virga.wasi.filesystem.DirectoryEntryStream;
import dev.virga.wasi.filesystem.Filesystem;
import dev.virga.wasi.io.GuestInput;
import dev.virga.wasi.io.GuestOutput;
import dev.virga.wasi.io.IoError;
import dev.virga.wasi.io.Poll;
import dev.virga.wasi.io.Pollable;
import dev.virga.wasi.random.Insecure;
import dev.virga.wasi.random.InsecureSeed;
import dev.virga.wasi.random.Random;
import dev.virga.wasi.sockets.IncomingDatagramStream;
import dev.virga.wasi.sockets.Network;
import dev.virga.wasi.sockets.OutgoingDatagramStream;
import dev.virga.wasi.sockets.ResolveAddressStream;
import dev.virga.wasi.sockets.Sockets;
import dev.virga.wasi.sockets.TcpSocket;
import dev.virga.wasi.sockets.UdpSocket;
import java.util.function.Function;

/**
 * Offers the interfaces of WASI 0.2, all but {@code wasi:http}, to components. What a guest reaches
 * through them is decided by its {@link WasiGrants}; without any, each call is there and refuses.
 */
public final class WasiLinker<T> {

    private final Linker<T> linker;
    private final Function<? super T, WasiContext> context;

    private WasiLinker(Linker<T> linker, Function<? super T, WasiContext> context) {
        this.linker = linker;
        this.context = context;
    }

    /** @param context finds an instance's context in its data; called at each call of a guest */
    public static <T> void define(Linker<T> linker, Function<? super T, WasiContext> context) {
        WasiLinker<T> all = new WasiLinker<>(linker, context);
        all.io();
        all.clocks();
        all.random();
        all.cli();
        all.filesystem();
        all.sockets();
    }

    private void io() {
        linker.define(offer("wasi:io/error", WasiContext.class, Function.identity())
                .resource("error", IoError.class));
        linker.define(offer("wasi:io/poll", Poll.class, WasiContext::poll).resource("pollable", Pollable.class));
        linker.define(offer("wasi:io/streams", WasiContext.class, Function.identity())
                .resource("input-stream", GuestInput.class)
                .resource("output-stream", GuestOutput.class));
    }

    private void clocks() {
        linker.define(offer("wasi:clocks/monotonic-clock", MonotonicClock.class, WasiContext::monotonicClock));
        linker.define(offer("wasi:clocks/wall-clock", WallClock.class, WasiContext::wallClock));
        linker.define(offer("wasi:clocks/timezone", Timezone.class, WasiContext::timezone));
    }

    private void random() {
        linker.define(offer("wasi:random/random", Random.class, WasiContext::random));
        linker.define(offer("wasi:random/insecure", Insecure.class, WasiContext::insecure));
        linker.define(offer("wasi:random/insecure-seed", InsecureSeed.class, WasiContext::insecureSeed));
    }

    private void cli() {
        linker.define(offer("wasi:cli/environment", Environment.class, WasiContext::environment));
        linker.define(offer("wasi:cli/exit", Exit.class, WasiContext::exit));
        for (String stream : new String[] {"stdin", "stdout", "stderr"}) {
            linker.define(streams("wasi:cli/" + stream));
        }
        linker.define(streams("wasi:cli/terminal-input").resource("terminal-input", TerminalInput.class));
        linker.define(streams("wasi:cli/terminal-output").resource("terminal-output", TerminalOutput.class));
        for (String stream : new String[] {"stdin", "stdout", "stderr"}) {
            linker.define(streams("wasi:cli/terminal-" + stream));
        }
    }

    private void filesystem() {
        linker.define(offer("wasi:filesystem/types", Filesystem.class, WasiContext::filesystem)
                .resource("descriptor", Descriptor.class)
                .resource("directory-entry-stream", DirectoryEntryStream.class));
        linker.define(offer("wasi:filesystem/preopens", Filesystem.class, WasiContext::filesystem));
    }

    private void sockets() {
        linker.define(sockets("network").resource("network", Network.class));
        linker.define(sockets("instance-network"));
        linker.define(sockets("tcp").resource("tcp-socket", TcpSocket.class));
        linker.define(sockets("tcp-create-socket"));
        linker.define(sockets("udp")
                .resource("udp-socket", UdpSocket.class)
                .resource("incoming-datagram-stream", IncomingDatagramStream.class)
                .resource("outgoing-datagram-stream", OutgoingDatagramStream.class));
        linker.define(sockets("udp-create-socket"));
        linker.define(sockets("ip-name-lookup").resource("resolve-address-stream", ResolveAddressStream.class));
    }

    private HostInterface<T> sockets(String name) {
        return offer("wasi:sockets/" + name, Sockets.class, WasiContext::sockets);
    }

    private HostInterface<T> streams(String name) {
        return offer(name, StandardStreams.class, WasiContext::standardStreams);
    }

    private <I> HostInterface<T> offer(String name, Class<I> api, Function<WasiContext, I> part) {
        return HostInterface.of(WasiWit.interfaceOf(name), api, data -> part.apply(context.apply(data)));
    }
}
