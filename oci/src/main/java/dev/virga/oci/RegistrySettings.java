package dev.virga.oci;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How registries are reached, and where they may lead with redirects and token services.
 *
 * @param plainHttp registries, {@code HOST[:PORT]}, without TLS
 * @param internal registries at addresses that are not public: others are refused, since a manifest's author could
 *     reach what only the host may
 * @param authority certificates of a private authority, PEM, trusted beside those of the JDK
 * @param largest image in bytes
 */
public record RegistrySettings(Set<String> plainHttp, Set<String> internal, Optional<Path> authority, long largest) {

    static final int HTTP = 80;
    private static final int HTTPS = 443;

    public static final RegistrySettings DEFAULT =
            new RegistrySettings(Set.of(), Set.of(), Optional.empty(), 256L << 20);

    public RegistrySettings {
        plainHttp = lower(plainHttp);
        internal = lower(internal);
    }

    private static Set<String> lower(Set<String> hosts) {
        return hosts.stream().map(RegistrySettings::lower).collect(Collectors.toUnmodifiableSet());
    }

    /** Without the brackets of IPv6, which not everybody writes. */
    private static String lower(String host) {
        return host.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]]", "");
    }

    /** Whether it is spoken to without TLS. */
    boolean isPlain(String host, int port) {
        return contains(plainHttp, host, port, HTTP);
    }

    /** Whether its addresses may be any. */
    boolean mayBeInternal(String host, int port) {
        return isPlain(host, port) || contains(internal, host, port, HTTPS);
    }

    private static boolean contains(Set<String> hosts, String host, int port, int usual) {
        String name = lower(host);
        return hosts.contains(name + ":" + port) || port == usual && hosts.contains(name);
    }
}
