package dev.virga.wasi;

import java.util.Locale;

/** How a host is spoken to. */
public enum Protocol {
    HTTP,
    HTTPS,
    /** Connections of sockets. */
    TCP,
    /** Datagrams of sockets. */
    UDP;

    /** As in the texts of grants: {@code https}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
