package dev.virga.cli;

import dev.virga.cli.AddressConverter;
import dev.virga.cli.CliException;
import dev.virga.cli.DurationConverter;
import dev.virga.ingress.AccessLog;
import dev.virga.ingress.ServeException;
import dev.virga.ingress.ServeLimits;
import dev.virga.ingress.Tls;
import dev.virga.ingress.TlsIdentity;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import picocli.CommandLine.Option;

/** Where a server listens, and how. */
public final class ListenOptions {

    @Option(
            names = "--addr",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:8080",
            converter = AddressConverter.class,
            description = "Listen here; port 0 picks a free one (default: ${DEFAULT-VALUE}).")
    private InetSocketAddress address;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Serve HTTPS with this certificate chain (PEM); several for several names. Files are read "
                    + "again when they change.")
    private List<Path> certificates = new ArrayList<>();

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The certificate's private key (PEM, PKCS #8); as many as certificates, in the same order.")
    private List<Path> keys = new ArrayList<>();

    @Option(
            names = "--client-ca",
            paramLabel = "FILE",
            description = "Refuse clients without a certificate that one of these authorities (PEM) has signed.")
    private Optional<Path> clientAuthority;

    @Option(
            names = "--max-requests",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Handle so many requests at once; more wait (default: ${DEFAULT-VALUE}).")
    private int maxRequests;

    @Option(
            names = "--max-connections",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Keep so many connections open; more wait (default: ${DEFAULT-VALUE}).")
    private int maxConnections;

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "10s",
            converter = DurationConverter.class,
            description = "Let requests under way end for so long when told to stop (default: ${DEFAULT-VALUE}).")
    private Duration grace;

    @Option(
            names = "--access-log",
            paramLabel = "FORMAT",
            defaultValue = "off",
            description = "Log requests on standard error: off, common, combined or brief (default: ${DEFAULT-VALUE}).")
    private AccessLog accessLog;

    public InetSocketAddress address() {
        return address;
    }

    public Duration grace() {
        return grace;
    }

    public AccessLog accessLog() {
        return accessLog;
    }

    /**
     * @param bodyBytes of a request
     * @param requestTime until a request must be answered whole
     * @throws CliException.Usage if a flag is wrong
     */
    public ServeLimits limits(long bodyBytes, Duration requestTime) {
        if (maxRequests < 1 || maxConnections < 1) {
            throw new CliException.Usage("--max-requests and --max-connections must be at least 1");
        }
        ServeLimits defaults = ServeLimits.DEFAULT;
        return new ServeLimits(
                defaults.headerBytes(),
                defaults.headerCount(),
                bodyBytes,
                maxConnections,
                maxRequests,
                requestTime,
                defaults.idleTime());
    }

    /**
     * The certificates, whose files were read once to see that they can be.
     *
     * @throws CliException.Usage if one cannot be used
     */
    public Optional<Tls> tls() {
        if (certificates.size() != keys.size()) {
            throw new CliException.Usage("--tls-cert and --tls-key go together, one key for each certificate");
        }
        if (certificates.isEmpty()) {
            if (clientAuthority.isPresent()) {
                throw new CliException.Usage("--client-ca needs --tls-cert and --tls-key");
            }
            return Optional.empty();
        }
        List<TlsIdentity> identities = IntStream.range(0, keys.size())
                .mapToObj(i -> new TlsIdentity(certificates.get(i), keys.get(i)))
                .toList();
        try {
            identities.forEach(TlsIdentity::check);
        } catch (ServeException.Tls e) {
            throw new CliException.Usage(e.getMessage());
        }
        return Optional.of(new Tls(identities, clientAuthority.map(file -> new Tls.Clients(file, true))));
    }
}
