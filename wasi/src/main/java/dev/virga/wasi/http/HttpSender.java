package dev.virga.wasi.http;

import dev.virga.wasi.Diagnostics;
import dev.virga.wasi.HttpGrant;
import dev.virga.wasi.http.UriSyntax.Authority;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.Promise;

/**
 * Sends the requests of one workload's guests, over HTTP/1.1 or, where a TLS peer offers it,
 * HTTP/2. Connections and TLS sessions are shared between its instances and with nobody else.
 * Nothing is started before the first request that is granted.
 */
public final class HttpSender implements AutoCloseable {

    /** Where a request goes. */
    record Target(boolean secure, Authority authority, int port) {}

    private final HttpPolicy policy;
    private final int fieldLimit;
    private final Callable<SSLContext> tls;
    private final Diagnostics diagnostics;
    private Optional<HttpClient> client = Optional.empty();
    private boolean closed;

    /**
     * @param fieldLimit how many bytes the headers or trailers of a response may hold for a guest
     * @param tls asked before the first request that is granted: reading the JVM's certificates takes
     *     longer than many a guest runs
     */
    public HttpSender(
            List<HttpGrant> grants, int fieldLimit, Callable<SSLContext> tls, Diagnostics diagnostics) {
        this.policy = new HttpPolicy(grants);
        this.fieldLimit = fieldLimit;
        this.tls = tls;
        this.diagnostics = diagnostics;
    }

    boolean mayAsk(Authority authority, int port) {
        boolean granted = policy.mayAsk(authority, port);
        if (!granted) {
            refused(authority.host() + ":" + port, authority.host());
        }
        return granted;
    }

    FutureIncomingResponse send(Target target, OutgoingRequest request, RequestOptions options) {
        return new SentRequest(started(), fieldLimit, target, request, options).send();
    }

    private synchronized HttpClient started() {
        if (closed) {
            throw new IllegalStateException("this sender was closed");
        }
        if (client.isEmpty()) {
            try {
                client = Optional.of(BareClient.start(tls.call(), this::resolve));
            } catch (Exception e) {
                throw new IllegalStateException("the HTTP client does not start: " + e.getMessage(), e);
            }
        }
        return client.get();
    }

    private void resolve(
            String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        Thread.ofVirtual().name("http-resolve").start(() -> {
            List<InetSocketAddress> allowed;
            try {
                allowed = allowed(host, port);
            } catch (UnknownHostException | HttpFailure | RuntimeException e) {
                promise.failed(e);
                return;
            }
            promise.succeeded(allowed);
        });
    }

    /** Checked here, with the addresses that the connection will use: a second look-up could differ. */
    private List<InetSocketAddress> allowed(String host, int port) throws UnknownHostException, HttpFailure {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        Authority authority = new Authority(bare, Optional.of(port));
        List<InetSocketAddress> allowed = new ArrayList<>();
        InetAddress[] addresses = InetAddress.getAllByName(bare);
        for (InetAddress address : addresses) {
            if (policy.mayConnect(authority, address, port)) {
                allowed.add(new InetSocketAddress(address, port));
            }
        }
        if (allowed.isEmpty()) {
            String address = addresses[0].getHostAddress();
            String reached = bare.equals(address) ? "" : ", whose address " + address + " is private or special";
            refused(bare + ":" + port + reached, address.contains(":") ? "[" + address + "]" : address);
            throw new HttpFailure(new ErrorCode.DestinationIpProhibited());
        }
        return allowed;
    }

    private void refused(String target, String grant) {
        diagnostics.refused("outgoing HTTP", "request to " + target, "grant with -S http=" + grant);
    }

    @Override
    public void close() {
        Optional<HttpClient> running;
        synchronized (this) {
            closed = true;
            running = client;
            client = Optional.empty();
        }
        running.ifPresent(c -> {
            try {
                c.stop();
            } catch (Exception e) {
                throw new IllegalStateException("the HTTP client does not stop: " + e.getMessage(), e);
            }
        });
    }
}
