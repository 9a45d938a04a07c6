package dev.virga.wasi;

import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;

/**
 * What grants mean for connections, of HTTP and of sockets alike. A name does not lead to special
 * addresses, so that whoever owns the name has no way into the host's network by pointing it there:
 * those are granted as addresses, as ranges, or as {@code localhost}. Ask with the address that will
 * be connected to, since a second look-up could differ.
 */
public record Egress(WasiGrants grants) {

    private static final NamePattern LOCALHOST = new NamePattern("localhost");

    /** Whether a request may go out as far as its name tells; its addresses are checked later. */
    public boolean mayAsk(Protocol protocol, String name, int port) {
        return grants.hosts().stream().anyMatch(grant -> grant.allows(protocol, port)
                        && switch (grant.host()) {
                            case AddressRange _ -> true;
                            case NamePattern names -> names.matches(name);
                        })
                || grants.loopback().isPresent()
                        && grants.sockets().stream().anyMatch(grant ->
                                grant.loopbackOnly() && grant.allowsPort(SocketUse.TCP_CONNECT, port));
    }

    /** Whether a request to this name may be sent to this address. */
    public boolean mayRequest(Protocol protocol, String name, InetSocketAddress address) {
        return keptInside(address)
                ? mayUseHostLoopback(SocketUse.TCP_CONNECT, address)
                : reaches(protocol, List.of(name), address);
    }

    /**
     * Whether a socket may use an address of the system's network.
     *
     * @param names which the instance has resolved to this address
     */
    public boolean mayUse(SocketUse use, Collection<String> names, InetSocketAddress address) {
        if (keptInside(address)) {
            return mayUseHostLoopback(use, address);
        }
        return grants.sockets().stream().anyMatch(grant -> grant.allows(use, address))
                || use.protocol().map(protocol -> reaches(protocol, names, address)).orElse(false);
    }

    /** Whether anything at all is granted for this use. */
    public boolean mayUseSome(SocketUse use) {
        return grants.sockets().stream().anyMatch(grant -> grant.uses().contains(use))
                || use.protocol()
                        .map(protocol -> grants.hosts().stream().anyMatch(grant -> grant.protocols().contains(protocol)))
                        .orElse(false);
    }

    /**
     * Whether an address means the host's own loopback although the workload has one of its own: only
     * where that is granted by itself, and never to bind.
     */
    public boolean mayUseHostLoopback(SocketUse use, InetSocketAddress address) {
        return use.protocol().isPresent()
                && grants.sockets().stream().anyMatch(grant -> grant.loopbackOnly() && grant.allows(use, address));
    }

    private boolean keptInside(InetSocketAddress address) {
        return grants.loopback().isPresent() && SpecialAddresses.local(address.getAddress());
    }

    private boolean reaches(Protocol protocol, Collection<String> names, InetSocketAddress target) {
        return grants.hosts().stream()
                .filter(grant -> grant.allows(protocol, target.getPort()))
                .anyMatch(grant -> switch (grant.host()) {
                    case AddressRange range -> reaches(range, target);
                    case NamePattern pattern -> reaches(pattern, names, target);
                });
    }

    /** A range that has a special address only as part of a disguise does not grant it. */
    private static boolean reaches(AddressRange range, InetSocketAddress target) {
        return range.contains(SpecialAddresses.plain(target.getAddress()))
                || range.contains(target.getAddress()) && !SpecialAddresses.contain(target.getAddress());
    }

    private static boolean reaches(NamePattern pattern, Collection<String> names, InetSocketAddress target) {
        boolean named = pattern.equals(NamePattern.ANY) || names.stream().anyMatch(pattern::matches);
        return named
                && (!SpecialAddresses.contain(target.getAddress())
                        || pattern.equals(LOCALHOST) && target.getAddress().isLoopbackAddress());
    }
}
