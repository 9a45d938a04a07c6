package dev.virga.ingress;

import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who the server is, and whom it asks who they are. The files are read again when they change.
 *
 * @param identities at least one; a client gets the one for the name that it asks for, and the first
 *     if there is none
 * @param clients asks clients for certificates
 */
public record Tls(List<TlsIdentity> identities, Optional<Clients> clients) {

    /**
     * Which certificates of clients are taken.
     *
     * @param authorities PEM certificates of those who sign them
     * @param required refuses clients without one
     */
    public record Clients(Path authorities, boolean required) {}

    /** What the files held at one time. */
    record Stores(KeyStore identities, Optional<KeyStore> authorities) {}

    public Tls {
        identities = List.copyOf(identities);
        if (identities.isEmpty()) {
            throw new IllegalArgumentException("TLS needs a certificate and its key");
        }
    }

    /** @throws ServeException.Tls saying which file cannot be used */
    Stores read() {
        return new Stores(
                Pem.identities(identities), clients.map(asked -> Pem.authorities(asked.authorities())));
    }

    Stream<Path> files() {
        return Stream.concat(
                identities.stream().flatMap(identity -> Stream.of(identity.certificates(), identity.key())),
                clients.stream().map(Clients::authorities));
    }
}
