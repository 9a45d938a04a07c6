package dev.virga.cli.oci;

import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import dev.virga.oci.Credentials;
import dev.virga.oci.ImageException;
import dev.virga.oci.RegistrySettings;
import dev.virga.oci.RemoteImage;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How a command reaches a registry. */
public final class RegistryOptions {

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "Trust registries whose certificates these authorities (PEM) have signed, too.")
    private Optional<Path> authority;

    @Option(
            names = "--insecure",
            description = "Speak to the registry without TLS. On this machine's loopback that is so anyway, unless --ca "
                    + "is given.")
    private boolean insecure;

    @Option(
            names = "--allow-registry",
            paramLabel = "HOST[:PORT]",
            description = "Let the registry lead here, with a redirect or to its token service, although the address is "
                    + "not public. May be given several times.")
    private Set<String> internal = new HashSet<>();

    /** How to reach a registry that the user has named. */
    RegistrySettings settings(String registry) {
        Set<String> reachable = new HashSet<>(internal);
        reachable.add(registry);
        boolean plain = insecure || isLoopback(registry) && authority.isEmpty();
        return new RegistrySettings(
                plain ? Set.of(registry) : Set.of(), reachable, authority, RegistrySettings.DEFAULT.largest());
    }

    private static boolean isLoopback(String registry) {
        String host = registry.replaceFirst(":[0-9]+$", "");
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.[0-9]+\\.[0-9]+\\.[0-9]+");
    }

    /**
     * Does something with an image, as the user whom Docker's configuration knows.
     *
     * @param environment variables
     * @throws CliException if it cannot be done
     */
    public <T> T with(Map<String, String> environment, String reference, Function<RemoteImage, T> use) {
        String registry = registry(reference);
        return asked(() -> {
            Optional<Credentials> user = DockerConfig.find(environment).credentials(registry);
            try (RemoteImage image = new RemoteImage(reference, settings(registry), user)) {
                return use.apply(image);
            }
        });
    }

    private static String registry(String reference) {
        try {
            return RemoteImage.registry(reference);
        } catch (ImageException e) {
            throw new CliException.Usage(e.getMessage());
        }
    }

    static <T> T asked(Supplier<T> request) {
        try {
            return request.get();
        } catch (ImageException e) {
            throw new CliException.Failed(e.getMessage());
        } catch (UncheckedIOException e) {
            throw new CliException.Failed(e.getMessage() + ": " + AtomicFile.reason(e.getCause()));
        }
    }
}
