package dev.virga.ingress;

import java.nio.file.Path;
import java.util.List;

/**
 * A private key and its certificates, in PEM files.
 *
 * @param certificates one or more, the server's own first
 * @param key in PKCS #8 ({@code BEGIN PRIVATE KEY}), not encrypted
 */
public record TlsIdentity(Path certificates, Path key) {

    /** @throws ServeException.Tls saying which file cannot be used */
    public void check() {
        Pem.identities(List.of(this));
    }
}
