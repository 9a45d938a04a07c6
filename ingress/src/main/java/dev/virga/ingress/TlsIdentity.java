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
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A private key with its certificates, the server's own first.
 *
 * @param store holds them under one alias, without a password
 */
public record TlsIdentity(KeyStore store) {

    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    /**
     * Reads PEM files.
     *
     * @param certificates one or more, the server's own first
     * @param key in PKCS #8 ({@code BEGIN PRIVATE KEY}), not encrypted
     * @throws ServeException.Tls saying which file cannot be used
     */
    public static TlsIdentity read(Path certificates, Path key) {
        try {
            Collection<? extends Certificate> chain = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bytes(certificates)));
            if (chain.isEmpty()) {
                throw new ServeException.Tls(certificates + ": holds no certificate; give a PEM file", null);
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("virga", privateKey(key), new char[0], chain.toArray(Certificate[]::new));
            return new TlsIdentity(store);
        } catch (GeneralSecurityException | IOException e) {
            throw new ServeException.Tls(
                    "key " + key + " and certificate " + certificates + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Path file) {
        try {
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
