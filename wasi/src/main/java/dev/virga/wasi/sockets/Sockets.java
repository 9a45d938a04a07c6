package dev.virga.wasi.sockets;

import dev.virga.component.Result;
import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.MissingGrant;
import dev.virga.wasi.NamePattern;
import dev.virga.wasi.NetworkQuota;
import dev.virga.wasi.OpenThings;
import dev.virga.wasi.WasiGrants;
import dev.virga.wasi.io.IoError;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The free functions of {@code wasi:sockets}. */
public final class Sockets {

    private static final String LOOKUP = "name lookup";
    private static final NamePattern LOCALHOST = new NamePattern("localhost");
    private static final List<InetAddress> OWN_ADDRESSES = List.of(
            VirtualLoopback.address(IpAddressFamily.IPV4), VirtualLoopback.address(IpAddressFamily.IPV6));

    private final SocketPolicy policy;

    public Sockets(WasiGrants grants, Diagnostics diagnostics, OpenThings registry, NetworkQuota quota) {
        this.policy = new SocketPolicy(grants, diagnostics, registry, quota);
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
        policy.requireRoom();
        if (policy.grants().loopback().isPresent() && LOCALHOST.matches(name)) {
            return ResolveAddressStream.of(OWN_ADDRESSES, policy);
        }
        if (policy.grants().nameLookups().isEmpty()) {
            throw refused(name);
        }
        Optional<InetAddress> literal = HostNames.literal(name);
        if (literal.isPresent()) { // nobody is asked
            return ResolveAddressStream.of(List.of(literal.get()), policy);
        }
        String ascii = HostNames.ascii(name);
        if (policy.grants().nameLookups().stream().noneMatch(granted -> granted.matches(ascii))) {
            throw refused(ascii);
        }
        policy.diagnostics().used(LOOKUP, () -> ascii);
        return ResolveAddressStream.lookUp(ascii, policy);
    }

    private IOException refused(String name) {
        policy.diagnostics().refused(LOOKUP, name, new MissingGrant.NameLookup(name));
        return new ErrorCodeException(ErrorCode.PERMANENT_RESOLVER_FAILURE);
    }
}
