package dev.virga.ingress;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads keys and certificates out of PEM files. */
final class Pem {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    /** For each kind of key, one that shows that two halves belong together. */
    private static final Map<String, String> SIGNATURES =
            Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "EdDSA", "EdDSA");

    private static final long MAX_FILE = 1 << 20;

    private Pem() {}

    /** All of them, without a password. */
    static KeyStore identities(List<TlsIdentity> identities) {
        try {
            KeyStore store = empty();
            int number = 0;
            for (TlsIdentity identity : identities) {
                add(store, "virga-" + number++, identity);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this JVM has no PKCS #12 key store", e);
        }
    }

    private static void add(KeyStore store, String alias, TlsIdentity identity) {
        try {
            Certificate[] chain = certificates(identity.certificates());
            PrivateKey key = privateKey(identity.key());
            if (!fit(key, chain[0].getPublicKey())) {
                throw new ServeException.Tls(
                        "key " + identity.key() + " is not that of certificate " + identity.certificates(), null);
            }
            store.setKeyEntry(alias, key, new char[0], chain);
        } catch (GeneralSecurityException e) {
            throw new ServeException.Tls("key " + identity.key() + " and certificate " + identity.certificates()
                    + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Those who sign the certificates of others. */
    static KeyStore authorities(Path file) {
        try {
            KeyStore store = empty();
            int number = 0;
            for (Certificate certificate : certificates(file)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            return store;
        } catch (GeneralSecurityException | IOException e) {
            throw new ServeException.Tls(file + ": cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    private static Certificate[] certificates(Path file) throws GeneralSecurityException {
        Collection<? extends Certificate> chain =
                CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes(file)));
        if (chain.isEmpty()) {
            throw new ServeException.Tls(file + ": holds no certificate; give a PEM file", null);
        }
        return chain.toArray(Certificate[]::new);
    }

    private static boolean fit(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
        String algorithm = SIGNATURES.get(key.getAlgorithm());
        if (algorithm == null || !key.getAlgorithm().equals(certified.getAlgorithm())) {
            return false;
        }
        byte[] text = {1, 2, 3};
        Signature signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(text);
        byte[] signed = signature.sign();
        signature.initVerify(certified);
        signature.update(text);
        return signature.verify(signed);
    }

    private static byte[] bytes(Path file) {
        try {
            if (Files.size(file) > MAX_FILE) {
                throw new ServeException.Tls(file + ": larger than 1 MiB, so it is no key and no certificate", null);
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new ServeException.Tls(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private static PrivateKey privateKey(Path file) throws GeneralSecurityException {
        Matcher matcher = KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
        if (!matcher.find()) {
            throw new ServeException.Tls(file + ": holds no 'BEGIN PRIVATE KEY'; turn another form into it with"
                    + " `openssl pkcs8 -topk8 -nocrypt -in " + file + " -out NEW.pem`", null);
        }
        PKCS8EncodedKeySpec encoded =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(matcher.group(1)));
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(encoded);
            } catch (InvalidKeySpecException e) {
                // the key tells its algorithm only to the factory that knows it
            }
        }
        throw new ServeException.Tls(file + ": its key is none of " + String.join(", ", ALGORITHMS), null);
    }
}
