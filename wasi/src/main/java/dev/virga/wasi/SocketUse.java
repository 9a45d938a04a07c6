package dev.virga.wasi;

import java.util.Locale;
import java.util.Optional;

/** What a guest may do with an address. */
public enum SocketUse {
    /** Connect a TCP socket to it. */
    TCP_CONNECT,
    /** Bind a TCP socket to it, and so listen there. */
    TCP_BIND,
    /** Send datagrams to it. */
    UDP_SEND,
    /** Bind a UDP socket to it, and so receive there. */
    UDP_BIND;

    /** As in flags and messages: {@code tcp-connect}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The protocol under which hosts are granted for this use; binding is not granted by host. */
    Optional<Protocol> protocol() {
        return switch (this) {
            case TCP_CONNECT -> Optional.of(Protocol.TCP);
            case UDP_SEND -> Optional.of(Protocol.UDP);
            case TCP_BIND, UDP_BIND -> Optional.empty();
        };
    }
}
