package dev.virga.wasi.http;

import dev.virga.wasi.Await;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Gives every request the same answer, or none at all, and knows its connections. */
final class RawServer implements AutoCloseable {

    /** A fresh certificate for 127.0.0.1. */
    record Identity(KeyStore store) {

        private static final char[] PASSWORD = "password".toCharArray();

        static Identity in(Path directory) throws Exception {
            Path file = directory.resolve("identity.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                            "-genkeypair", "-alias", "a", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=ip:127.0.0.1",
                            "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass", new String(PASSWORD))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException("keytool failed");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            return new Identity(store);
        }

        SSLContext serving() throws Exception {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        }

        /** A new context that trusts this certificate only. */
        SSLContext trusting() throws Exception {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("a", store.getCertificate("a"));
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        }
    }

    private final ServerSocket socket;
    private final String answer;
    private final List<Integer> requests = new ArrayList<>();
    private final List<String> sessions = new ArrayList<>();
    private int closed;

    private RawServer(ServerSocket socket, String answer) {
        this.socket = socket;
        this.answer = answer;
        Thread.startVirtualThread(this::accept);
    }

    /** @param answer empty for silence */
    static RawServer plain(String answer) throws IOException {
        return new RawServer(new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1")), answer);
    }

    /** By TLS 1.2, whose sessions have an identity that both sides see. */
    static RawServer secure(Identity identity, String answer) throws Exception {
        SSLServerSocket socket = (SSLServerSocket) identity.serving()
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        return new RawServer(socket, answer);
    }

    private void accept() {
        try {
            while (true) {
                Socket connection = socket.accept();
                Thread.startVirtualThread(() -> serve(connection));
            }
        } catch (IOException e) {
            // the test is over
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            int number = -1;
            while (head(connection.getInputStream())) {
                synchronized (this) {
                    if (number < 0) {
                        number = requests.size();
                        requests.add(0);
                        if (connection instanceof SSLSocket tls) {
                            sessions.add(HexFormat.of().formatHex(tls.getSession().getId()));
                        }
                    }
                    requests.set(number, requests.get(number) + 1);
                }
                connection.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                if (answer.contains("Connection: close")) {
                    return;
                }
            }
        } catch (IOException e) {
            // the client has gone
        } finally {
            synchronized (this) {
                closed++;
            }
        }
    }

    private static boolean head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                return false;
            }
            head.append((char) b);
        }
        return true;
    }

    int port() {
        return socket.getLocalPort();
    }

    String url() {
        return (socket instanceof SSLServerSocket ? "https" : "http") + "://127.0.0.1:" + port();
    }

    synchronized List<Integer> requestsPerConnection() {
        return List.copyOf(requests);
    }

    synchronized List<String> sessions() {
        return List.copyOf(sessions);
    }

    void awaitRequests(int count) {
        Await.until(() -> {
            synchronized (this) {
                return requests.size() >= count;
            }
        });
    }

    void awaitClosed(int count) {
        Await.until(() -> {
            synchronized (this) {
                return closed >= count;
            }
        });
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
