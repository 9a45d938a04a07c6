package dev.virga.ingress;

import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.Graceful;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Listens for HTTP/1.1 and HTTP/2 and hands each request to a service. The library's few threads
 * read and parse; the work on a request is done on virtual threads.
 */
public final class HttpServer implements AutoCloseable {

    private static final int MAX_THREADS = 64;

    /** Until connections that had no request at the last call are gone. */
    private static final Duration LAST_CALL_AND_MORE = Connections.LAST_CALL.plusMillis(250);

    private final ServeOptions options;
    private final Server server;
    private final ServerConnector connector;
    private final Requests requests;
    private final Connections connections;
    private final Optional<SslContextFactory.Server> tls;
    private Optional<TlsReload> reload = Optional.empty();

    private HttpServer(ServeOptions options, Service service, ServeLog log) {
        this.options = options;
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("http");
        this.server = new Server(threads);
        this.tls = options.tls().map(HttpServer::factory);
        InOrder inOrder = new InOrder();
        this.connector = connector(threads, inOrder);
        this.requests = new Requests(service, inOrder, options, server.getScheduler(), log);
        this.connections = new Connections(server.getScheduler(), options.limits().idleTime());
        connector.addBean(connections);
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(options.limits().connections(), connector));
        server.setHandler(requests);
        server.setErrorHandler(ErrorPage::write);
        if (options.accessLog() != AccessLog.OFF) {
            server.setRequestLog(options.accessLog().to(log));
        }
    }

    /**
     * Accepts connections when it returns.
     *
     * @throws ServeException.Address if it cannot listen there
     * @throws ServeException.Tls if a file of its identities cannot be used
     */
    public static HttpServer start(ServeOptions options, Service service, ServeLog log) {
        HttpServer made = new HttpServer(options, service, log);
        try {
            made.server.start();
            made.reload = options.tls().map(files -> new TlsReload(files, made.tls.orElseThrow(), log));
            return made;
        } catch (ServeException e) {
            made.stop();
            throw e;
        } catch (Exception e) {
            made.stop();
            throw new ServeException.Address(notListening(options.address(), e), e);
        }
    }

    private static String notListening(InetSocketAddress address, Exception cause) {
        for (Throwable t = cause; t != null; t = t.getCause()) {
            if (t instanceof BindException) {
                return "cannot listen on " + text(address) + ": " + t.getMessage()
                        + "; choose another address or port, or 0 for any free port";
            }
            if (t instanceof UnresolvedAddressException) {
                return "cannot listen on " + text(address) + ": no such host; give an address of this machine";
            }
        }
        return "cannot listen on " + text(address) + ": " + cause.getMessage();
    }

    private static String text(InetSocketAddress address) {
        String host = address.getHostString();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Where it listens, with the port that was picked. */
    public URI uri() {
        String scheme = options.tls().isPresent() ? "https" : "http";
        String host = options.address().getHostString();
        return URI.create(scheme + "://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + connector.getLocalPort());
    }

    /**
     * Stops: accepts no connections, answers the requests that still come on those that are open and
     * tells their clients to go, lets all end within the time of grace, interrupts the rest. Returns
     * when nothing runs any more.
     */
    @Override
    public void close() {
        reload.ifPresent(TlsReload::close);
        long deadline = System.nanoTime() + Durations.nanos(options.grace());
        connector.close(); // refuses connections, where a shutdown alone lets them wait
        requests.drain();
        CompletableFuture<Void> left = Graceful.shutdown(connector);
        connections.lastCall();
        if (requests.ended(deadline)
                && !left(left, Math.min(LAST_CALL_AND_MORE.toNanos(), deadline - System.nanoTime()))
                && connections.busy()) {
            left(left, deadline - System.nanoTime()); // answers that clients are still taking
        }
        if (!requests.ended(System.nanoTime())) { // those of the last call, too
            requests.interrupt();
        }
        stop();
    }

    private static boolean left(CompletableFuture<Void> connections, long nanos) {
        try {
            connections.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void stop() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the HTTP server does not stop: " + e.getMessage(), e);
        }
    }

    private ServerConnector connector(QueuedThreadPool threads, InOrder inOrder) {
        ServeLimits limits = options.limits();
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(limits.headerBytes());
        http.setIdleTimeout(limits.idleTime().toMillis());
        // paths are the guest's to understand, so they are passed on as they came
        http.setUriCompliance(UriCompliance.UNSAFE);
        ServerConnector made = new ServerConnector(
                server, new ConnectionThreads(threads, inOrder), null, null, 1, 1, protocols(http));
        // the library would count the time that a connection has been idle before; the last call is ours
        made.setShutdownIdleTimeout(limits.idleTime().toMillis());
        made.setHost(options.address().getHostString());
        made.setPort(options.address().getPort());
        made.setIdleTimeout(limits.idleTime().toMillis());
        made.setShutdownIdleTimeout(limits.idleTime().toMillis()); // requests under way keep their time
        made.setAcceptedTcpNoDelay(true);
        return made;
    }

    private ConnectionFactory[] protocols(HttpConfiguration http) {
        HttpConnectionFactory http1 = new HttpConnectionFactory(http);
        if (tls.isEmpty()) {
            return new ConnectionFactory[] {http1, limited(new HTTP2CServerConnectionFactory(http))};
        }
        ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
        alpn.setDefaultProtocol(http1.getProtocol());
        return new ConnectionFactory[] {
            new SslConnectionFactory(tls.get(), alpn.getProtocol()),
            alpn,
            limited(new HTTP2ServerConnectionFactory(http)),
            http1
        };
    }

    private <F extends org.eclipse.jetty.http2.server.AbstractHTTP2ServerConnectionFactory> F limited(F http2) {
        http2.setMaxSettingsKeys(16);
        return http2;
    }

    private static SslContextFactory.Server factory(Tls tls) {
        SslContextFactory.Server made = new SslContextFactory.Server();
        TlsReload.use(tls.read(), made);
        made.setSniRequired(false);
        tls.clients().ifPresent(clients -> {
            made.setNeedClientAuth(clients.required());
            made.setWantClientAuth(!clients.required());
        });
        return made;
    }
}
