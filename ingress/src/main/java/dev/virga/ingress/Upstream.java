package dev.virga.ingress;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.http.HttpVersion;

/** Has requests answered by another HTTP server: a container, or any other. */
public final class Upstream implements Service {

    /** What each scheme means: {@code h2c} is HTTP/2 in clear text, which gRPC servers speak. */
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443, "h2c", 80);

    private final UpstreamClient client;
    private final String scheme;
    private final String host;
    private final int port;

    /**
     * @param url {@code http://HOST[:PORT]}, {@code https://…} or {@code h2c://…}; the path is the request's
     * @throws IllegalArgumentException saying what is wrong with the URL
     */
    public Upstream(String url, UpstreamClient client) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw refused(url, "it is no URL");
        }
        if (uri.getScheme() == null || !PORTS.containsKey(uri.getScheme()) || uri.getHost() == null) {
            throw refused(url, "it is not http, https or h2c with a host");
        }
        boolean bare = uri.getRawPath().isEmpty() || uri.getRawPath().equals("/");
        if (!bare || uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            throw refused(url, "it has a path, query or user, but a request's own path is passed on as it is");
        }
        if (uri.getPort() > 0xffff || uri.getPort() == 0) {
            throw refused(url, "its port is not from 1 to 65535");
        }
        this.client = client;
        this.scheme = uri.getScheme();
        this.host = uri.getHost();
        this.port = uri.getPort() < 0 ? PORTS.get(scheme) : uri.getPort();
    }

    private static IllegalArgumentException refused(String url, String why) {
        return new IllegalArgumentException("upstream '" + url + "': " + why + "; write for example http://10.0.0.5:8080");
    }

    @Override
    public void serve(Exchange exchange) {
        new Relay(exchange, this).run();
    }

    /** A request to this server, without headers. */
    Request request(String method, String pathQuery) {
        HttpClient running = client.started();
        Request made = running.newRequest("localhost", port)
                .host(host)
                .scheme(scheme.equals("https") ? "https" : "http")
                .method(method)
                .path(pathQuery);
        return scheme.equals("h2c") ? made.version(HttpVersion.HTTP_2) : made;
    }

    @Override
    public String toString() {
        return scheme + "://" + host + ":" + port;
    }
}
