package dev.virga.operator.endpoints;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/** Of IP addresses. */
enum Family {
    IPV4("IPv4"),
    IPV6("IPv6");

    private final String text;

    Family(String text) {
        this.text = text;
    }

    /** Of an address that endpoints may have; empty for other text. One such would spoil a whole slice. */
    static Optional<Family> of(String text) {
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            boolean six = address instanceof Inet6Address;
            boolean usable = !address.isLoopbackAddress()
                    && !address.isLinkLocalAddress()
                    && !address.isAnyLocalAddress()
                    && !address.isMulticastAddress()
                    && six == text.contains(":") // else an IPv4 address in IPv6 form
                    && text.indexOf('%') < 0
                    && (six || text.split("\\.").length == 4); // else in a short form
            return usable ? Optional.of(six ? IPV6 : IPV4) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** As Kubernetes writes it. */
    @Override
    public String toString() {
        return text;
    }
}
