package dev.virga.oci;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** Whom to trust: the authorities of the JDK, and a private one. */
final class RegistryTls {

    private RegistryTls() {}

    /**
     * @param authority certificates in PEM
     * @throws ImageException.Denied if they cannot be read
     */
    static SslContextFactory.Client trusting(Optional<Path> authority) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(authority.isPresent() ? store(authority.get()) : null);
        context.init(null, managers.getTrustManagers(), null);
        SslContextFactory.Client client = new SslContextFactory.Client();
        client.setSslContext(context);
        return client;
    }

    private static KeyStore store(Path pem) throws GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (X509Certificate known : jdks()) {
                store.setCertificateEntry("jdk" + count++, known);
            }
            int before = count;
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("own" + count++, certificate);
            }
            if (count == before) {
                throw new IOException("it has no certificates");
            }
            return store;
        } catch (IOException | GeneralSecurityException e) {
            throw new ImageException.Denied("certificates of the registry's authority, " + pem + ": not readable as PEM: " + e, e);
        }
    }

    private static X509Certificate[] jdks() throws GeneralSecurityException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init((KeyStore) null);
        for (TrustManager manager : managers.getTrustManagers()) {
            if (manager instanceof X509TrustManager known) {
                return known.getAcceptedIssuers();
            }
        }
        return new X509Certificate[0];
    }
}
