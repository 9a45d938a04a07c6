package dev.virga.ingress;

import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.client.HTTP2Client;

/** An HTTP/2 connection in clear text whose frames are the test's. */
final class Http2 implements AutoCloseable {

    private final HTTP2Client client = new HTTP2Client();
    private final Session session;

    Http2(HttpServer server, Session.Listener listener) throws Exception {
        client.start();
        session = client.connect(new InetSocketAddress(server.uri().getHost(), server.uri().getPort()), listener)
                .get(30, TimeUnit.SECONDS);
    }

    Session session() {
        return session;
    }

    static MetaData.Request request(String method, String authority, String path, HttpFields headers) {
        return new MetaData.Request(
                method, HttpURI.from("http://" + authority + path), HttpVersion.HTTP_2, headers);
    }

    @Override
    public void close() throws Exception {
        client.stop();
    }
}
