package dev.virga.host.control;

import dev.virga.host.HostException;
import dev.virga.host.PrivateFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves the control API on a socket that only the host's user can open. */
public final class ControlServer implements AutoCloseable {

    private final Path socket;
    private final Calls calls;
    private final Server server;

    /**
     * Accepts calls when it returns. Whoever makes it has the folder's lock, so a socket that is there is a dead
     * host's.
     *
     * @param data the host's folder
     * @throws ControlException.Refused if the path is too long for a socket
     * @throws HostException.Broken if it cannot listen
     */
    public ControlServer(Path data, ControlApi api) {
        this.socket = ControlSocket.of(data);
        this.calls = new Calls(api);
        this.server = server("control", calls);
        UnixDomainServerConnector connector =
                new UnixDomainServerConnector(server, 1, 1, new HttpConnectionFactory(configuration()));
        connector.setUnixDomainPath(socket);
        server.addConnector(connector);
        try {
            // Between its making and its permissions the socket is others' to open: their way to it is barred.
            PrivateFolder.make(socket.getParent());
            Files.deleteIfExists(socket);
            server.start();
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (Exception e) {
            close();
            throw new HostException.Broken("cannot listen on the socket " + socket + ": " + e.getMessage(), e);
        }
    }

    static Server server(String name, Calls calls) {
        QueuedThreadPool threads = new QueuedThreadPool(16, 1);
        threads.setName(name);
        Server server = new Server(threads);
        server.setHandler(calls);
        return server;
    }

    static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        return http;
    }

    @Override
    public void close() {
        calls.close();
        try (calls) {
            server.stop();
            Files.deleteIfExists(socket);
        } catch (Exception e) {
            throw new HostException.Broken("the control API does not stop: " + e.getMessage(), e);
        }
    }
}
