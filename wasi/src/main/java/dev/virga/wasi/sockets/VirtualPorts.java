package dev.virga.wasi.sockets;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who has which port of a virtual loopback, for one protocol. The two families of addresses have
 * ports of their own.
 *
 * @param <T> who receives what is sent to a port
 */
final class VirtualPorts<T> {

    private static final int FIRST_EPHEMERAL = 49152;
    private static final int EPHEMERAL = 0x10000 - FIRST_EPHEMERAL;

    private record Port(IpAddressFamily family, int number) {
        static Port of(InetSocketAddress address) {
            return new Port(IpAddressFamily.of(address.getAddress()), address.getPort());
        }
    }

    private record Owner<T>(InetSocketAddress taken, Optional<T> receiver) {
        boolean hears(InetAddress target) {
            return taken.getAddress().isAnyLocalAddress() || taken.getAddress().equals(target);
        }
    }

    private final Map<Port, Owner<T>> owners = new HashMap<>();
    private int nextEphemeral;
    private boolean closed;

    /** @param wanted port 0 for any that is free */
    synchronized InetSocketAddress take(InetSocketAddress wanted) throws IOException {
        InetAddress address = wanted.getAddress();
        if (closed || !address.isAnyLocalAddress() && !address.equals(VirtualLoopback.address(IpAddressFamily.of(address)))) {
            throw new ErrorCodeException(ErrorCode.ADDRESS_NOT_BINDABLE);
        }
        InetSocketAddress taken = wanted.getPort() == 0 ? free(address) : wanted;
        if (owners.putIfAbsent(Port.of(taken), new Owner<>(taken, Optional.empty())) != null) {
            throw new ErrorCodeException(ErrorCode.ADDRESS_IN_USE);
        }
        return taken;
    }

    private InetSocketAddress free(InetAddress address) throws IOException {
        for (int i = 0; i < EPHEMERAL; i++) {
            InetSocketAddress candidate =
                    new InetSocketAddress(address, FIRST_EPHEMERAL + (nextEphemeral + i) % EPHEMERAL);
            if (!owners.containsKey(Port.of(candidate))) {
                nextEphemeral = (nextEphemeral + i + 1) % EPHEMERAL;
                return candidate;
            }
        }
        throw new ErrorCodeException(ErrorCode.ADDRESS_IN_USE);
    }

    /** Says who receives what is sent to a port that was taken. */
    synchronized void serve(InetSocketAddress taken, T receiver) {
        owners.replace(Port.of(taken), new Owner<>(taken, Optional.of(receiver)));
    }

    synchronized Optional<T> at(InetSocketAddress target) {
        return Optional.ofNullable(owners.get(Port.of(target)))
                .filter(owner -> owner.hears(target.getAddress()))
                .flatMap(Owner::receiver);
    }

    /** @param taken the very object, since the port may be somebody else's by now */
    synchronized void release(InetSocketAddress taken) {
        Port port = Port.of(taken);
        Owner<T> owner = owners.get(port);
        if (owner != null && owner.taken() == taken) {
            owners.remove(port);
        }
    }

    /** Gives out no more ports and lets nothing through. */
    synchronized void close() {
        closed = true;
        owners.clear();
    }
}
