package dev.virga.wasi.sockets;

import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.OpenThings;
import dev.virga.wasi.SocketGrant;
import dev.virga.wasi.SocketUse;
import dev.virga.wasi.WasiGrants;
import java.io.IOException;
import java.net.InetSocketAddress;

/** What an instance may do with sockets, and those it has open. */
record SocketPolicy(WasiGrants grants, Diagnostics diagnostics, OpenThings open) {

    boolean allows(SocketUse use, InetSocketAddress address) {
        return grants.sockets().stream().anyMatch(grant -> grant.allows(use, address));
    }

    boolean allowsAny(SocketUse use) {
        return grants.sockets().stream().anyMatch(grant -> grant.uses().contains(use));
    }

    void require(SocketUse use, InetSocketAddress address) throws IOException {
        if (!allows(use, address)) {
            String wanted = use.label() + "@" + text(address);
            diagnostics.refused(
                    "sockets " + use.label(),
                    wanted,
                    "grant with --allow-socket " + wanted + ", or everything with -S inherit-network");
            throw new ErrorCodeException(ErrorCode.ACCESS_DENIED);
        }
    }

    /** Fails unless some address at all could be used for one of these. */
    void requireAny(SocketUse one, SocketUse other) throws IOException {
        if (!allowsAny(one) && !allowsAny(other)) {
            diagnostics.refused(
                    "sockets",
                    one.label() + " and " + other.label() + ", with any address",
                    "grant with --allow-socket USE@ADDRESS:PORT, or everything with -S inherit-network");
            throw new ErrorCodeException(ErrorCode.ACCESS_DENIED);
        }
    }

    void requireRoom() throws IOException {
        if (!open.hasRoom()) {
            throw new ErrorCodeException(ErrorCode.NEW_SOCKET_LIMIT);
        }
    }

    /** As {@link SocketGrant#parse} understands it. */
    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
