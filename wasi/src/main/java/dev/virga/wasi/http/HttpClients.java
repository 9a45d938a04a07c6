package dev.virga.wasi.http;

import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import org.eclipse.jetty.client.Destination;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Origin;
import org.eclipse.jetty.io.ssl.SslClientConnectionFactory;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * What the outgoing HTTP of all workloads shares: threads, a selector and a timer. Connections and
 * TLS sessions are each {@link HttpSender}'s own: requests carry their sender as a tag, and the
 * library keeps a pool of connections for each tag and destination. Idle ones vanish. Nothing is
 * started before the first request that is granted.
 */
public final class HttpClients implements AutoCloseable {

    private static final int MAX_CONNECTIONS_PER_DESTINATION = 64;
    private static final long IDLE_MILLIS = 30_000;

    private final Callable<SSLContext> tls;
    private Optional<HttpClient> client = Optional.empty();
    private boolean closed;

    /** @param tls makes the context of one sender, a new one each time, since a context holds sessions */
    public HttpClients(Callable<SSLContext> tls) {
        this.tls = tls;
    }

    /** A new context that trusts what the JVM trusts. */
    public static SSLContext newTls() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        return context;
    }

    SSLContext senderTls() {
        try {
            return tls.call();
        } catch (Exception e) {
            throw new IllegalStateException("TLS cannot be set up: " + e.getMessage(), e);
        }
    }

    synchronized HttpClient started() {
        if (closed) {
            throw new IllegalStateException("this client was closed");
        }
        if (client.isEmpty()) {
            try {
                HttpClient made = BareClient.start(new SenderTls(), HttpClients::resolve, IDLE_MILLIS);
                made.setMaxConnectionsPerDestination(MAX_CONNECTIONS_PER_DESTINATION);
                client = Optional.of(made);
            } catch (Exception e) {
                throw new IllegalStateException("the HTTP client does not start: " + e.getMessage(), e);
            }
        }
        return client.get();
    }

    /** Each sender's engines come from the sender's context: the base one is for settings only, and trusts nobody. */
    private static final class SenderTls extends SslContextFactory.Client
            implements SslClientConnectionFactory.SslEngineFactory {

        SenderTls() throws GeneralSecurityException {
            SSLContext base = SSLContext.getInstance("TLS");
            base.init(null, new TrustManager[0], null);
            setSslContext(base);
        }

        @Override
        public SSLEngine newSslEngine(String host, int port, Map<String, Object> context) {
            SSLEngine engine = sender(origin(context)).tls().createSSLEngine(host, port);
            customize(engine);
            return engine;
        }
    }

    private static void resolve(
            String host, int port, Map<String, Object> context, Promise<List<InetSocketAddress>> promise) {
        Origin origin = origin(context);
        sender(origin).resolve(origin.isSecure(), host, port, promise);
    }

    private static Origin origin(Map<String, Object> context) {
        return ((Destination) context.get(Destination.CONTEXT_KEY)).getOrigin();
    }

    private static HttpSender sender(Origin origin) {
        return (HttpSender) origin.getTag();
    }

    /** Ends the requests and connections of a sender. */
    void drop(HttpSender sender) {
        Optional<HttpClient> running;
        synchronized (this) {
            running = client;
        }
        running.ifPresent(c -> c.getDestinations().stream()
                .filter(destination -> destination.getOrigin().getTag() == sender)
                .forEach(destination -> {
                    c.removeDestination(destination);
                    LifeCycle.stop(destination);
                }));
    }

    @Override
    public void close() {
        Optional<HttpClient> running;
        synchronized (this) {
            closed = true;
            running = client;
            client = Optional.empty();
        }
        running.ifPresent(c -> LifeCycle.stop(c));
    }
}
