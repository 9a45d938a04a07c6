package dev.virga.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** Keys with certificates, signed by themselves, under one name each, as PEM files and for clients. */
final class Certificates {

    private static final char[] PASSWORD = "password".toCharArray();

    private final Path certificate;
    private final Path key;
    private final KeyStore store;

    private Certificates(Path certificate, Path key, KeyStore store) {
        this.certificate = certificate;
        this.key = key;
        this.store = store;
    }

    /** @param subject for example {@code CN=a} */
    static Certificates in(Path directory, String name, String subject, String... hosts) throws Exception {
        Path file = directory.resolve(name + ".p12");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "a",
                "-keyalg", "EC", "-dname", subject, "-storetype", "PKCS12", "-keystore", file.toString(), "-storepass",
                new String(PASSWORD)));
        if (hosts.length > 0) {
            command.addAll(List.of("-ext", "san=" + String.join(",", Arrays.stream(hosts)
                    .map(host -> (Character.isDigit(host.charAt(0)) ? "ip:" : "dns:") + host).toList())));
        }
        if (new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() != 0) {
            throw new IllegalStateException("keytool failed");
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return new Certificates(
                pem(directory.resolve(name + ".crt"), "CERTIFICATE", store.getCertificate("a").getEncoded()),
                pem(directory.resolve(name + ".key"), "PRIVATE KEY", store.getKey("a", PASSWORD).getEncoded()), store);
    }

    private static Path pem(Path file, String type, byte[] content) throws IOException {
        String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return Files.writeString(file, "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n");
    }

    Path certificate() {
        return certificate;
    }

    Path key() {
        return key;
    }

    TlsIdentity identity() {
        return new TlsIdentity(certificate, key);
    }

    /** A client's side: trusts others, and shows this certificate. */
    SSLContext client(Certificates... trusted) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new Insistent(store)}, trust(trusted).getTrustManagers(), null);
        return context;
    }

    /** Shows its certificate also to servers that want one of somebody else. */
    private static final class Insistent extends X509ExtendedKeyManager {
        private final KeyStore store;

        Insistent(KeyStore store) {
            this.store = store;
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "a";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            try {
                return new X509Certificate[] {(X509Certificate) store.getCertificate(alias)};
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            try {
                return (PrivateKey) store.getKey(alias, PASSWORD);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"a"};
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            throw new IllegalStateException("a client's");
        }
    }

    /** A client's side without a certificate. */
    static SSLContext anonymous(Certificates... trusted) throws GeneralSecurityException, IOException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust(trusted).getTrustManagers(), null);
        return context;
    }

    private static TrustManagerFactory trust(Certificates... trusted) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        for (Certificates one : Stream.of(trusted).toList()) {
            store.setCertificateEntry(one.certificate.toString(), one.store.getCertificate("a"));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        return managers;
    }
}
