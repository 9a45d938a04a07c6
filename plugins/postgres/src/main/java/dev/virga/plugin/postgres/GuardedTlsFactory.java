package dev.virga.plugin.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Properties;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.postgresql.PGProperty;
import org.postgresql.ssl.DefaultJavaSSLFactory;
import org.postgresql.ssl.LibPQFactory;

/** Sockets of connections with TLS, which the driver's own factories check. Public, since the driver makes it by name. */
public final class GuardedTlsFactory extends SSLSocketFactory {

    private final Guard guard;
    private final SSLSocketFactory driver;

    /** @param settings of the connection; {@code sslfactoryarg} is the id of the guard */
    public GuardedTlsFactory(Properties settings) throws Exception {
        this.guard = Guard.of(PGProperty.SSL_FACTORY_ARG.getOrDefault(settings));
        boolean ownRoots = PGProperty.SSL_ROOT_CERT.getOrDefault(settings) != null;
        boolean verified = PGProperty.SSL_MODE.getOrDefault(settings).startsWith("verify");
        this.driver = verified && !ownRoots ? new DefaultJavaSSLFactory(settings) : new LibPQFactory(settings);
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
        return new GuardedTlsSocket((SSLSocket) driver.createSocket(socket, host, port, autoClose), guard);
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return driver.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return driver.getSupportedCipherSuites();
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
