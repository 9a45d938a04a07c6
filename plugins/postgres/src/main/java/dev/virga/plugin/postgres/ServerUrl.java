package dev.virga.plugin.postgres;

import dev.virga.plugin.PluginException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * {@code postgresql://USER:PASSWORD@HOST:PORT/DATABASE?sslmode=MODE}. Only these parts are read: the driver has
 * parameters that load classes and write files. No error shows the URL, which may hold a password.
 */
record ServerUrl(
        String host, int port, Optional<String> database, Optional<String> user, Optional<String> password, Tls tls) {

    static ServerUrl parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw malformed("is malformed at character " + (e.getIndex() + 1));
        }
        if (!Set.of("postgres", "postgresql").contains(String.valueOf(uri.getScheme()))) {
            throw malformed("must begin with postgresql://");
        }
        if (uri.getHost() == null || uri.getFragment() != null) {
            throw malformed("must name one host");
        }
        String path = uri.getRawPath();
        Optional<String> database =
                path.length() < 2 ? Optional.empty() : Optional.of(decode(path.substring(1)));
        String[] login = uri.getRawUserInfo() == null ? new String[0] : uri.getRawUserInfo().split(":", 2);
        return new ServerUrl(
                uri.getHost().toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", ""),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                database,
                login.length > 0 ? Optional.of(decode(login[0])) : Optional.empty(),
                login.length > 1 ? Optional.of(decode(login[1])) : Optional.empty(),
                tls(uri.getRawQuery()));
    }

    private static Tls tls(String query) {
        Tls tls = Tls.DISABLE;
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            String[] parts = parameter.split("=", 2);
            switch (parts[0]) {
                case "sslmode" -> {
                    // These two leave it to the server, so that what the operator asks for counts.
                    if (parts.length == 2 && !Set.of("allow", "prefer").contains(parts[1])) {
                        tls = Tls.of("sslmode", parts[1]);
                    }
                }
                case "pool_size" -> {} // of other hosts; here the operator says
                default -> throw malformed("may have the parameter sslmode and no other one");
            }
        }
        return tls;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw malformed("has a malformed % escape");
        }
    }

    private static PluginException.Refused malformed(String what) {
        return new PluginException.Refused("\"url\" " + what + ", as in postgresql://db.example.com:5432/shop");
    }

    /** Where it leads, without the login. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
