package dev.virga.plugin.nats;

import dev.virga.plugin.Authorities;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS that checks the server's name, which the client library does not. */
final class NatsTls {

    private NatsTls() {}

    /** Of {@code tls}, {@code tlsCa}, {@code tlsKeystore} and URLs that ask for TLS; empty without any. */
    static Optional<SSLContext> context(Settings settings) {
        boolean wanted = settings.flag("tls").orElse(false)
                || Stream.of("tlsCa", "tlsKeystore").anyMatch(name -> settings.text(name).isPresent())
                || settings.text("url").filter(url -> url.contains("tls://") || url.contains("wss://")).isPresent();
        return wanted ? Optional.of(make(settings)) : Optional.empty();
    }

    private static SSLContext make(Settings settings) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys(settings), new TrustManager[] {new NameChecking(Authorities.of(settings, "tlsCa"))}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new PluginException.Refused("TLS cannot be set up with the setting \"tlsKeystore\": "
                    + e.getMessage());
        }
    }

    private static KeyManager[] keys(Settings settings) throws GeneralSecurityException, IOException {
        if (settings.text("tlsKeystore").isEmpty()) {
            return new KeyManager[0];
        }
        Path file = NatsSettings.readable("tlsKeystore", settings.required("tlsKeystore"));
        char[] password = settings.required("tlsKeystorePassword").toCharArray();
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(KeyStore.getInstance(file.toFile(), password), password);
        return factory.getKeyManagers();
    }

    /** Has the JVM's trust manager compare the certificate's names with the host's. */
    private static final class NameChecking extends X509ExtendedTrustManager {

        private final X509ExtendedTrustManager inner;

        NameChecking(X509ExtendedTrustManager inner) {
            this.inner = inner;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            SSLSocket tls = (SSLSocket) socket;
            SSLParameters parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            inner.checkServerTrusted(chain, type, tls);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            SSLParameters parameters = engine.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            engine.setSSLParameters(parameters);
            inner.checkServerTrusted(chain, type, engine);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
            throw new CertificateException("the server's name cannot be checked without a connection");
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) throws CertificateException {
            inner.checkClientTrusted(chain, type, socket);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            inner.checkClientTrusted(chain, type, engine);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) throws CertificateException {
            inner.checkClientTrusted(chain, type);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return inner.getAcceptedIssuers();
        }
    }
}
