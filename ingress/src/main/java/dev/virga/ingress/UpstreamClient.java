package dev.virga.ingress;

import dev.virga.wasi.AddressRange;
import dev.virga.wasi.SpecialAddresses;
import dev.virga.wasi.http.BareClient;
import dev.virga.wasi.http.ErrorCode;
import dev.virga.wasi.http.HttpFailure;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * The connections and TLS sessions of one owner's upstreams, shared with nobody else. Nothing is
 * started before the first request. Private and other special addresses, such as a cloud's metadata
 * service, are not connected to unless they are in a range that is allowed.
 */
public final class UpstreamClient implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 256;
    private static final long CONNECT_MILLIS = 5_000;

    /** Shorter than most servers', so that it is seldom they who close a connection just as it is used. */
    private static final long IDLE_MILLIS = 15_000;

    private final List<AddressRange> allowed;
    private final Callable<SSLContext> tls;
    private Optional<HttpClient> client = Optional.empty();
    private boolean closed;

    /**
     * @param allowed special addresses that may be connected to, for example {@code 127.0.0.0/8}
     * @param tls asked before the first request
     */
    public UpstreamClient(List<AddressRange> allowed, Callable<SSLContext> tls) {
        this.allowed = List.copyOf(allowed);
        this.tls = tls;
    }

    synchronized HttpClient started() {
        if (closed) {
            throw new IllegalStateException("this client was closed");
        }
        if (client.isEmpty()) {
            try {
                HttpClient made = BareClient.start(trusting(tls.call()), this::resolve, IDLE_MILLIS);
                made.setConnectTimeout(CONNECT_MILLIS);
                made.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
                client = Optional.of(made);
            } catch (Exception e) {
                throw new IllegalStateException("the HTTP client does not start: " + e.getMessage(), e);
            }
        }
        return client.get();
    }

    private static SslContextFactory.Client trusting(SSLContext context) {
        SslContextFactory.Client made = new SslContextFactory.Client();
        made.setSslContext(context);
        return made;
    }

    private void resolve(
            String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        Thread.ofVirtual().name("upstream-resolve").start(() -> {
            List<InetSocketAddress> addresses;
            try {
                addresses = addresses(host, port);
            } catch (UnknownHostException | HttpFailure | RuntimeException e) {
                promise.failed(e);
                return;
            }
            promise.succeeded(addresses);
        });
    }

    /** Checked here, with the addresses that the connection will use: a second look-up could differ. */
    private List<InetSocketAddress> addresses(String host, int port) throws UnknownHostException, HttpFailure {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        List<InetSocketAddress> addresses = Arrays.stream(InetAddress.getAllByName(bare))
                .filter(this::mayConnect)
                .map(address -> new InetSocketAddress(address, port))
                .toList();
        if (addresses.isEmpty()) {
            throw new HttpFailure(new ErrorCode.DestinationIpProhibited());
        }
        return addresses;
    }

    private boolean mayConnect(InetAddress address) {
        return !SpecialAddresses.contain(address) || allowed.stream().anyMatch(range -> range.contains(address));
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
