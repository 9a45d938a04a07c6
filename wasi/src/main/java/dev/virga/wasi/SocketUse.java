package dev.virga.wasi;

import java.util.Locale;

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
}
