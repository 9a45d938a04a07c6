package dev.virga.cli.doctor;

import dev.virga.plugin.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A server that a backend's settings name. Of its URL there is no more here: the rest may be secret.
 *
 * @param scheme in lower case
 */
record Server(String scheme, String host, int port) {

    private static final int MILLIS = 3_000;
    private static final Map<String, Integer> PORTS = Map.of(
            "redis", 6379, "rediss", 6379, "nats", 4222, "tls", 4222, "postgres", 5432, "postgresql", 5432, "http", 80,
            "https", 443);

    /** What a server says, or answers, of which one can tell what it is; with TLS that is left out. */
    private record Greeting(byte[] asked, List<String> answers) {}

    private static final Map<String, Greeting> GREETINGS = Map.of(
            "redis", new Greeting("PING\r\n".getBytes(StandardCharsets.US_ASCII), List.of("+PONG", "-NOAUTH", "-DENIED")),
            "nats", new Greeting(new byte[0], List.of("INFO ")),
            // SSLRequest: it answers whether it speaks TLS
            "postgres", new Greeting(new byte[] {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f}, List.of("S", "N")));

    /** All that settings name. */
    static List<Server> of(Settings settings) {
        List<Server> servers = new ArrayList<>();
        for (String setting : List.of("url", "endpoint")) {
            settings.text(setting).ifPresent(text -> {
                for (String url : text.split(",")) {
                    parse(url.strip()).ifPresent(servers::add);
                }
            });
        }
        return servers;
    }

    private static Optional<Server> parse(String url) {
        try {
            URI uri = URI.create(url.replaceAll("[{}]", "_"));
            String scheme = uri.getScheme() == null ? "nats" : uri.getScheme().toLowerCase(Locale.ROOT);
            int port = uri.getPort() < 0 ? PORTS.getOrDefault(scheme, -1) : uri.getPort();
            return uri.getHost() == null || port < 0
                    ? Optional.empty()
                    : Optional.of(new Server(scheme, uri.getHost(), port));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // its plugin says what is wrong
        }
    }

    /** Why it cannot be used, if it cannot. */
    Optional<String> missing() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), port), MILLIS);
            socket.setSoTimeout(MILLIS);
            Greeting greeting = GREETINGS.get(scheme.equals("postgresql") ? "postgres" : scheme);
            if (greeting == null) {
                return Optional.empty();
            }
            socket.getOutputStream().write(greeting.asked());
            socket.getOutputStream().flush();
            return answers(socket.getInputStream(), greeting)
                    ? Optional.empty()
                    : Optional.of("does not answer as " + name() + " does");
        } catch (IOException e) {
            return Optional.of("cannot be reached: " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }

    private static boolean answers(InputStream in, Greeting greeting) throws IOException {
        StringBuilder seen = new StringBuilder();
        while (greeting.answers().stream().anyMatch(a -> a.startsWith(seen.toString()) && a.length() > seen.length())) {
            int next = in.read();
            if (next < 0) {
                return false;
            }
            seen.append((char) next);
            if (greeting.answers().contains(seen.toString())) {
                return true;
            }
        }
        return false;
    }

    private String name() {
        return switch (scheme) {
            case "redis", "rediss" -> "Redis";
            case "nats", "tls" -> "NATS";
            case "postgres", "postgresql" -> "PostgreSQL";
            default -> "HTTP";
        };
    }

    /** The command that starts it, or else looks for it. */
    String fix() {
        boolean here = host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
        return switch (here ? name() : "") {
            case "Redis" -> "redis-server --port " + port;
            case "NATS" -> "nats-server --jetstream --port " + port;
            case "PostgreSQL" -> "systemctl start postgresql";
            default -> "nc -vz " + host + " " + port + " # then correct its URL, or start it";
        };
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
