package dev.virga.wasi.sockets;

import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.Egress;
import dev.virga.wasi.MissingGrant;
import dev.virga.wasi.NetworkQuota;
import dev.virga.wasi.OpenThings;
import dev.virga.wasi.Quota;
import dev.virga.wasi.SocketUse;
import dev.virga.wasi.WasiGrants;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** What an instance may do with sockets, and those it has open. */
final class SocketPolicy {

    private final WasiGrants grants;
    private final Egress egress;
    private final Diagnostics diagnostics;
    private final OpenThings open;
    private final NetworkQuota quota;
    private final ResolvedNames names = new ResolvedNames();

    SocketPolicy(WasiGrants grants, Diagnostics diagnostics, OpenThings open, NetworkQuota quota) {
        this.grants = grants;
        this.egress = new Egress(grants);
        this.diagnostics = diagnostics;
        this.open = open;
        this.quota = quota;
    }

    WasiGrants grants() {
        return grants;
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }

    OpenThings open() {
        return open;
    }

    NetworkQuota quota() {
        return quota;
    }

    ResolvedNames names() {
        return names;
    }

    /** The workload's own loopback, if that is what the address means. To bind all addresses binds there only. */
    Optional<VirtualLoopback> loopback(SocketUse use, InetSocketAddress address) {
        return grants.loopback().filter(_ -> {
            boolean binds = use == SocketUse.TCP_BIND || use == SocketUse.UDP_BIND;
            boolean local = address.getAddress().isLoopbackAddress() || binds && address.getAddress().isAnyLocalAddress();
            return local && !egress.mayUseHostLoopback(use, address);
        });
    }

    boolean allows(SocketUse use, InetSocketAddress address) {
        return loopback(use, address).isPresent() || egress.mayUse(use, names.of(address.getAddress()), address);
    }

    boolean allowsAny(SocketUse use) {
        return grants.loopback().isPresent() || egress.mayUseSome(use);
    }

    void require(SocketUse use, InetSocketAddress address) throws IOException {
        if (!allows(use, address)) {
            String wanted = use.label() + "@" + text(address);
            diagnostics.refused(kind(use), wanted, new MissingGrant.Socket(use, address));
            throw new ErrorCodeException(ErrorCode.ACCESS_DENIED);
        }
        diagnostics.used(kind(use), () -> text(address));
    }

    private static String kind(SocketUse use) {
        return "sockets " + use.label();
    }

    /** Fails unless some address at all could be used for one of these. */
    void requireAny(SocketUse one, SocketUse other) throws IOException {
        if (!allowsAny(one) && !allowsAny(other)) {
            diagnostics.refused(
                    "sockets",
                    one.label() + " and " + other.label() + ", with any address",
                    new MissingGrant.AnySocket());
            throw new ErrorCodeException(ErrorCode.ACCESS_DENIED);
        }
    }

    void requireRoom() throws IOException {
        if (!open.hasRoom()) {
            throw new ErrorCodeException(ErrorCode.NEW_SOCKET_LIMIT);
        }
    }

    /** One of the connections that the workload may have. */
    Quota.Lease connection() throws IOException {
        Optional<Quota.Lease> lease = quota.connections().take();
        if (lease.isEmpty()) {
            diagnostics.refused(
                    "connection limit",
                    "more than " + quota.connections().max() + " connections at a time",
                    "raise the workload's limit for connections");
            throw new ErrorCodeException(ErrorCode.NEW_SOCKET_LIMIT);
        }
        return lease.get();
    }

    /** As {@link dev.virga.wasi.SocketGrant#parse} understands it. */
    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
