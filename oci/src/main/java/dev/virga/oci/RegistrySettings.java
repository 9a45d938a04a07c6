package dev.virga.oci;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How registries are reached.
 *
 * @param plainHttp registries, {@code HOST[:PORT]}, without TLS
 * @param internal registries at addresses that are not public: others are refused, since a manifest's author could
 *     reach what only the host may
 * @param authority certificates of a private authority, PEM
 * @param largest image in bytes
 */
public record RegistrySettings(Set<String> plainHttp, Set<String> internal, Optional<Path> authority, long largest) {

    public static final RegistrySettings DEFAULT =
            new RegistrySettings(Set.of(), Set.of(), Optional.empty(), 256L << 20);

    public RegistrySettings {
        plainHttp = Set.copyOf(plainHttp);
        internal = Set.copyOf(internal);
    }
}
