package dev.virga.host.control;

import dev.virga.host.HostException;
import dev.virga.telemetry.Exposition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** What probes and scrapers ask, over plain HTTP: {@code /metrics}, {@code /healthz}, {@code /readyz}. */
public final class AdminServer implements AutoCloseable {

    private static final int MAX_CONNECTIONS = 64;

    private final InetSocketAddress address;
    private final Calls calls;
    private final Server server;
    private final ServerConnector connector;

    /**
     * @param metrics in the form that a scraper's {@code Accept} asks for
     * @param ready whether requests may come
     * @throws HostException.Broken if it cannot listen
     */
    public AdminServer(InetSocketAddress address, Function<String, Exposition> metrics, BooleanSupplier ready) {
        this.address = address;
        this.calls = new Calls(call -> serve(call, metrics, ready));
        this.server = ControlServer.server("admin", calls);
        this.connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(ControlServer.configuration()));
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, connector));
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new HostException.Broken("cannot listen on " + address.getHostString() + ":" + address.getPort()
                    + " for --admin: " + e.getMessage() + "; choose another address or port", e);
        }
    }

    private static void serve(Call call, Function<String, Exposition> metrics, BooleanSupplier ready) throws IOException {
        if (!call.method().equals("GET")) {
            throw new Call.Bad(HttpStatus.METHOD_NOT_ALLOWED_405, "only GET");
        }
        switch (String.join("/", call.path())) {
            case "metrics" -> {
                Exposition now = metrics.apply(call.header(HttpHeader.ACCEPT));
                ByteArrayOutputStream text = new ByteArrayOutputStream();
                now.write(text);
                call.answer(HttpStatus.OK_200, now.contentType(), text.toString(StandardCharsets.UTF_8));
            }
            case "healthz" -> call.answer(HttpStatus.OK_200, Call.TEXT, "ok\n");
            case "readyz" -> {
                if (ready.getAsBoolean()) {
                    call.answer(HttpStatus.OK_200, Call.TEXT, "ready\n");
                } else {
                    call.answer(HttpStatus.SERVICE_UNAVAILABLE_503, Call.TEXT, "it starts or stops\n");
                }
            }
            default -> throw new Call.Bad(HttpStatus.NOT_FOUND_404, "there are /metrics, /healthz and /readyz");
        }
    }

    /** Where it listens, with the port that was picked. */
    public URI uri() {
        String host = address.getHostString();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + connector.getLocalPort());
    }

    @Override
    public void close() {
        calls.close();
        try {
            server.stop();
        } catch (Exception e) {
            throw new HostException.Broken("the admin listener does not stop: " + e.getMessage(), e);
        }
    }
}
