package dev.virga.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** Who is trusted to say who a server is. */
public final class Authorities {

    private Authorities() {}

    /**
     * Those whose certificates are in the PEM file that a setting names, and no others; without it the JVM's.
     *
     * @throws PluginException.Refused if the file cannot be read or has none
     */
    public static X509ExtendedTrustManager of(Settings settings, String name) {
        try {
            KeyStore store = settings.text(name).isPresent() ? read(Path.of(settings.required(name))) : null;
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new PluginException.Refused(
                    "the setting \"" + name + "\" must be a file with certificates in PEM: " + e);
        }
    }

    private static KeyStore read(Path pem) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        try (InputStream in = Files.newInputStream(pem)) {
            int count = 0;
            for (Certificate certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca" + count++, certificate);
            }
            if (count == 0) {
                throw new IOException(pem + " has none");
            }
        }
        return store;
    }
}
