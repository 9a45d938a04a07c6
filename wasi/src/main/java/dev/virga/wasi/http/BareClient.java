package dev.virga.wasi.http;

import java.util.List;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.transport.HttpClientConnectionFactory;
import org.eclipse.jetty.client.transport.HttpClientTransportDynamic;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.ClientConnectionFactoryOverHTTP2;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A client that sends what it is told, without help of its own: no redirects, cookies, logins,
 * decoding. Speaks HTTP/1.1 or, where a TLS peer offers it, HTTP/2.
 */
public final class BareClient {

    private static final int MAX_THREADS = 16;
    private static final int MAX_RESPONSE_HEADERS = 64 * 1024;

    private BareClient() {}

    /**
     * A client that runs; the caller stops it.
     *
     * @param tls whom to trust
     * @param resolver gives the addresses that may be connected to, and fails where there are none
     * @param idleMillis after which connections are closed, and all that is kept for a destination is let go
     * @throws Exception if it does not start
     */
    public static HttpClient start(SslContextFactory.Client tls, SocketAddressResolver resolver, long idleMillis)
            throws Exception {
        ClientConnector connector = new ClientConnector();
        connector.setSelectors(1);
        connector.setSslContextFactory(tls);
        HttpClient made = new HttpClient(new HttpClientTransportDynamic(
                connector,
                HttpClientConnectionFactory.HTTP11,
                new ClientConnectionFactoryOverHTTP2.HTTP2(new HTTP2Client(connector))));
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS, 1);
        threads.setName("http-client");
        threads.setDaemon(true);
        made.setExecutor(threads);
        made.setSocketAddressResolver(resolver);
        made.setFollowRedirects(false);
        made.setHttpCookieStore(new HttpCookieStore.Empty());
        made.setUserAgentField(null);
        made.setDefaultRequestContentType(null);
        made.setMaxResponseHeadersSize(MAX_RESPONSE_HEADERS);
        made.setIdleTimeout(idleMillis);
        made.setDestinationIdleTimeout(idleMillis);
        made.start();
        made.getContentDecoderFactories().clear();
        List.of("redirect", "www-authenticate", "proxy-authenticate", "upgrade")
                .forEach(made.getProtocolHandlers()::remove);
        return made;
    }
}
