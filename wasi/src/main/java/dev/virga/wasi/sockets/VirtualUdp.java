package dev.virga.wasi.sockets;

import dev.virga.wasi.SocketUse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.NetworkChannel;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * UDP in a virtual loopback. A socket that is bound to all addresses may send elsewhere too, and
 * receive answers from where it may send to: for that it gets a port of the system's when it first
 * does so.
 */
final class VirtualUdp implements UdpTransport {

    private final VirtualLoopback loopback;
    private final InetSocketAddress bound;
    private final VirtualMailbox mailbox;
    private final SocketPolicy policy;
    private final UdpOptions options;
    private Optional<SystemUdp> outside = Optional.empty();

    VirtualUdp(VirtualLoopback loopback, InetSocketAddress local, SocketPolicy policy, UdpOptions options)
            throws IOException {
        this.loopback = loopback;
        this.bound = loopback.udp().take(local);
        this.mailbox = new VirtualMailbox(loopback.datagramBytes());
        this.policy = policy;
        this.options = options;
        loopback.receivers().add(mailbox);
        loopback.udp().serve(bound, mailbox);
    }

    @Override
    public InetSocketAddress local() {
        return bound;
    }

    @Override
    public Datagrams open(Optional<InetSocketAddress> remote, Predicate<InetSocketAddress> accepts) throws IOException {
        VirtualDatagrams datagrams = new VirtualDatagrams(this, mailbox, remote, accepts);
        if (remote.isPresent() && !isVirtual(remote.get())) {
            datagrams.outside();
        }
        return datagrams;
    }

    boolean isVirtual(InetSocketAddress peer) {
        return policy.loopback(SocketUse.UDP_SEND, peer).isPresent();
    }

    /** To where nobody receives, it is lost. */
    void send(byte[] data, InetSocketAddress to) {
        loopback.udp().at(to).ifPresent(receiver -> receiver.deliver(data, VirtualLoopback.concrete(bound)));
    }

    Datagrams outside(Optional<InetSocketAddress> remote, Predicate<InetSocketAddress> accepts) throws IOException {
        if (!bound.getAddress().isAnyLocalAddress()) {
            throw new ErrorCodeException(ErrorCode.REMOTE_UNREACHABLE);
        }
        if (outside.isEmpty()) {
            outside = Optional.of(new SystemUdp(new InetSocketAddress(bound.getAddress(), 0), policy, options));
        }
        // What comes from outside is not from the loopback, whatever it says.
        return outside.get().open(
                remote,
                from -> accepts.test(from) && !isVirtual(from) && policy.allows(SocketUse.UDP_SEND, from),
                mailbox.signal());
    }

    @Override
    public Optional<NetworkChannel> channel() {
        return outside.flatMap(SystemUdp::channel);
    }

    @Override
    public void close() throws IOException {
        loopback.udp().release(bound);
        loopback.receivers().remove(mailbox);
        mailbox.close();
        if (outside.isPresent()) {
            outside.get().close();
        }
    }
}
