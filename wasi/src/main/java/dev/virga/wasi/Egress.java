package dev.virga.wasi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What grants mean for connections, of HTTP and of sockets alike. A name does not lead to special
 * addresses, so that whoever owns the name has no way into the host's network by pointing it there:
 * those are granted as addresses, as ranges, or as {@code localhost}. Ask with the address that will
 * be connected to, since a second look-up could differ.
 */
public final class Egress {

    private static final String LOCALHOST = "localhost";

    private final List<HostGrant> hosts;
    private final List<SocketGrant> sockets;
    private final List<SocketGrant> hostLoopback;
    private final boolean virtualLoopback;

    public Egress(WasiGrants grants) {
        this.hosts = grants.hosts();
        this.sockets = grants.sockets();
        this.hostLoopback = sockets.stream().filter(SocketGrant::loopbackOnly).toList();
        this.virtualLoopback = grants.loopback().isPresent();
    }

    /** Whether a request may go out as far as its name tells; its addresses are checked later. */
    public boolean mayAsk(Protocol protocol, String name, int port) {
        return hosts.stream().anyMatch(grant ->
                        grant.allows(protocol, port) && (grant.range().isPresent() || grant.names(name)))
                || virtualLoopback && hostLoopback.stream().anyMatch(grant -> grant.allowsPort(SocketUse.TCP_CONNECT, port));
    }

    /** Whether a request to this name may be sent to this address. */
    public boolean mayRequest(Protocol protocol, String name, InetSocketAddress address) {
        return virtualLoopback && SpecialAddresses.local(address.getAddress())
                ? mayUseHostLoopback(SocketUse.TCP_CONNECT, address)
                : reaches(protocol, List.of(name), address);
    }

    /**
     * Whether a socket may use an address of the system's network.
     *
     * @param names which the instance has resolved to this address
     */
    public boolean mayUse(SocketUse use, Collection<String> names, InetSocketAddress address) {
        if (virtualLoopback && SpecialAddresses.local(address.getAddress())) {
            return mayUseHostLoopback(use, address);
        }
        return sockets.stream().anyMatch(grant -> grant.allows(use, address))
                || use.protocol().map(protocol -> reaches(protocol, names, address)).orElse(false);
    }

    /** Whether anything at all is granted for this use. */
    public boolean mayUseSome(SocketUse use) {
        return sockets.stream().anyMatch(grant -> grant.uses().contains(use))
                || use.protocol().map(p -> hosts.stream().anyMatch(grant -> grant.protocols().contains(p))).orElse(false);
    }

    /**
     * Whether an address means the host's own loopback although the workload has one of its own: only
     * where that is granted by itself, and never to bind.
     */
    public boolean mayUseHostLoopback(SocketUse use, InetSocketAddress address) {
        return use.protocol().isPresent() && hostLoopback.stream().anyMatch(grant -> grant.allows(use, address));
    }

    private boolean reaches(Protocol protocol, Collection<String> names, InetSocketAddress target) {
        InetAddress address = target.getAddress();
        InetAddress plain = SpecialAddresses.plain(address);
        boolean special = SpecialAddresses.contain(address);
        return hosts.stream().filter(grant -> grant.allows(protocol, target.getPort())).anyMatch(grant -> {
            Optional<AddressRange> range = grant.range();
            if (range.isPresent()) {
                return range.get().contains(plain) || !special && range.get().contains(address);
            }
            boolean named = grant.host().equals("*") || names.stream().anyMatch(grant::names);
            return named && (!special || grant.host().equals(LOCALHOST) && address.isLoopbackAddress());
        });
    }
}
