package dev.virga.plugin.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/** Sockets of connections without TLS. Public, since the driver makes it by name. */
public final class GuardedSocketFactory extends SocketFactory {

    private final Guard guard;

    /** @param id of the guard */
    public GuardedSocketFactory(String id) {
        this.guard = Guard.of(id);
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            private InputStream guarded;

            @Override
            public synchronized InputStream getInputStream() throws IOException {
                if (guarded == null) {
                    guarded = new GuardedInput(super.getInputStream(), guard);
                }
                return guarded;
            }
        };
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("connected by the driver");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("connected by the driver");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("connected by the driver");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("connected by the driver");
    }
}
