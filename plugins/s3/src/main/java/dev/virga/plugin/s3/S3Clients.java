package dev.virga.plugin.s3;

import dev.virga.plugin.PluginException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** Makes clients. They block, which suits virtual threads. */
final class S3Clients {

    /** A body that a guest reads keeps one until it is dropped; who needs more waits. */
    private static final int CONNECTIONS = 1000;

    private S3Clients() {}

    /** Reaches nothing yet. */
    static S3Client open(S3Settings settings) {
        Apache5HttpClient.Builder http = Apache5HttpClient.builder()
                .connectionTimeout(settings.timeout())
                .connectionAcquisitionTimeout(settings.timeout())
                .socketTimeout(settings.timeout())
                .maxConnections(CONNECTIONS);
        settings.ca().map(S3Clients::trusting).ifPresent(trust -> http.tlsTrustManagersProvider(() -> trust));
        S3ClientBuilder client = S3Client.builder()
                .httpClientBuilder(http)
                .region(Region.of(settings.region()))
                .forcePathStyle(settings.pathStyle())
                // Servers that are not AWS's do not all know checksums in trailers.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .credentialsProvider(settings.credentials()
                        .<AwsCredentialsProvider>map(
                                StaticCredentialsProvider::create)
                        .orElseGet(() -> DefaultCredentialsProvider.builder().build()))
                .overrideConfiguration(all -> all
                        .apiCallTimeout(settings.timeout())
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(settings.retries() + 1)
                                .build())
                        .addExecutionInterceptor(new BoundedAnswers()));
        settings.endpoint().ifPresent(client::endpointOverride);
        return client.build();
    }

    private static TrustManager[] trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw new PluginException.Refused("no certificate is in " + file);
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate : certificates) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory factory =
                    TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (IOException | GeneralSecurityException e) {
            throw new PluginException.Refused("the setting \"ca\" must be a file of PEM certificates: " + e);
        }
    }
}
