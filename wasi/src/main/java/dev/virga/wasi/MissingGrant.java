package dev.virga.wasi;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/** A grant that a guest lacks for what it wanted to do. */
public sealed interface MissingGrant {

    /** The command line's flag that grants it, in words. */
    String flag();

    /**
     * To send an HTTP request.
     *
     * @param host without brackets
     * @param address that the name led to, if the name is granted and its address is not
     */
    record Http(String scheme, String host, int port, Optional<InetAddress> address) implements MissingGrant {
        @Override
        public String flag() {
            String reached = address.map(InetAddress::getHostAddress).orElse(host);
            return "grant with -S http=" + (reached.contains(":") ? "[" + reached + "]" : reached);
        }
    }

    /** To reach a TCP port of the host's own loopback, beside a loopback of the workload's. */
    record HostLoopback(int port) implements MissingGrant {
        @Override
        public String flag() {
            return "the host's loopback is granted port by port";
        }
    }

    /** To use an address with a socket. */
    record Socket(SocketUse use, InetSocketAddress address) implements MissingGrant {
        @Override
        public String flag() {
            String ip = address.getAddress().getHostAddress();
            return "grant with --allow-socket " + use.label() + "@" + (ip.contains(":") ? "[" + ip + "]" : ip) + ":"
                    + address.getPort() + ", or everything with -S inherit-network";
        }
    }

    /** To use any address at all with a socket. */
    record AnySocket() implements MissingGrant {
        @Override
        public String flag() {
            return "grant with --allow-socket USE@ADDRESS:PORT, or everything with -S inherit-network";
        }
    }

    /** To have a name resolved. */
    record NameLookup(String name) implements MissingGrant {
        @Override
        public String flag() {
            return "grant with -S allow-ip-name-lookup=NAME, or all names with --allow-name-lookup";
        }
    }
}
