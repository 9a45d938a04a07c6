package dev.virga.wasi.sockets;

import dev.virga.component.Result;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.OpenThings;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.io.IoError;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Optional;

/** The free functions of {@code wasi:sockets}. */
public final class Sockets {

    private final SocketPolicy policy;

    public Sockets(WasiGrants grants, Diagnostics diagnostics, OpenThings registry) {
        this.policy = new SocketPolicy(grants, diagnostics, registry);
    }

    /** {@code instance-network.instance-network}. */
    public Network instanceNetwork() {
        return new Network();
    }

    /** {@code network.network-error-code}. */
    public Optional<ErrorCode> networkErrorCode(IoError error) {
        return Errors.known(error.cause());
    }

    /** {@code tcp-create-socket.create-tcp-socket}. */
    public Result<TcpSocket, ErrorCode> createTcpSocket(IpAddressFamily family) {
        return Errors.attempt(() -> TcpSocket.create(policy, family));
    }

    /** {@code udp-create-socket.create-udp-socket}. */
    public Result<UdpSocket, ErrorCode> createUdpSocket(IpAddressFamily family) {
        return Errors.attempt(() -> UdpSocket.create(policy, family));
    }

    /** {@code ip-name-lookup.resolve-addresses}. */
    public Result<ResolveAddressStream, ErrorCode> resolveAddresses(Network network, String name) {
        return Errors.attempt(() -> resolve(name));
    }

    private ResolveAddressStream resolve(String name) throws IOException {
        if (!policy.grants().nameLookup()) {
            policy.diagnostics().refused("name lookup", name, "grant with --allow-name-lookup");
            throw new ErrorCodeException(ErrorCode.PERMANENT_RESOLVER_FAILURE);
        }
        policy.requireRoom();
        Optional<InetAddress> literal = HostNames.literal(name);
        return literal.isPresent()
                ? ResolveAddressStream.of(literal.get(), policy.open())
                : ResolveAddressStream.lookUp(HostNames.ascii(name), policy.open());
    }
}
