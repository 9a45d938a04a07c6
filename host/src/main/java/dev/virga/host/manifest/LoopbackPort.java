package dev.virga.host.manifest;

import dev.virga.host.shape.Value;
import java.util.Locale;

/** A port of the machine's own loopback address. */
@Value(
        words = "a port: PORT, PORT/tcp or PORT/udp",
        pattern = "^[0-9]{1,5}(/(tcp|udp|TCP|UDP))?$",
        example = "5432",
        numbers = true)
public record LoopbackPort(int port, Protocol protocol) {

    /** What is spoken there. */
    public enum Protocol {
        TCP,
        UDP
    }

    public static LoopbackPort parse(String text) {
        String[] parts = text.split("/");
        Protocol protocol = parts.length > 1 ? Protocol.valueOf(parts[1].toUpperCase(Locale.ROOT)) : Protocol.TCP;
        return new LoopbackPort(Ports.parse(parts[0]), protocol);
    }

    @Override
    public String toString() {
        return port + (protocol == Protocol.UDP ? "/udp" : "");
    }
}
