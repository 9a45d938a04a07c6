package dev.virga.plugin.s3;

import javax.net.ssl.TrustManager;
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
        settings.ca().ifPresent(trust -> http.tlsTrustManagersProvider(() -> new TrustManager[] {trust}));
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
}
