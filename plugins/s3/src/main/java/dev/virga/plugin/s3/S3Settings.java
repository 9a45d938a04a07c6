package dev.virga.plugin.s3;

import dev.virga.plugin.Authorities;
import dev.virga.plugin.PluginException.Refused;
import dev.virga.plugin.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.X509ExtendedTrustManager;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/**
 * What the operator says of a bucket.
 *
 * @param endpoint of another server than AWS's
 * @param prefix of all keys; empty or ends with a slash
 * @param credentials empty: from the environment, as AWS's tools find them
 * @param ca those who alone are trusted
 * @param partBytes what an open write holds in memory, and a part of a large object has
 * @param timeout of a call with its repetitions, and of waiting for bytes
 */
record S3Settings(
        Optional<URI> endpoint,
        String region,
        String bucket,
        String prefix,
        Optional<AwsCredentials> credentials,
        boolean pathStyle,
        Optional<X509ExtendedTrustManager> ca,
        int partBytes,
        Duration timeout,
        int retries) {

    /** What S3 asks for of all parts but the last. */
    private static final int SMALLEST_PART = 5 << 20;
    private static final int LARGEST_PART = 64 << 20;

    static S3Settings of(Settings settings) {
        settings.allow(List.of("endpoint", "region", "bucket", "prefix", "access-key", "secret-key", "session-token",
                "path-style", "ca", "part-bytes", "timeout", "retries"));
        Optional<URI> endpoint = settings.text("endpoint").map(S3Settings::endpoint);
        return new S3Settings(
                endpoint,
                settings.text("region").orElse("us-east-1"),
                settings.required("bucket"),
                settings.text("prefix").map(S3Settings::prefix).orElse(""),
                credentials(settings),
                settings.flag("path-style").orElse(endpoint.isPresent()),
                settings.text("ca").map(_ -> Authorities.of(settings, "ca")),
                settings.bytes("part-bytes", SMALLEST_PART, LARGEST_PART).map(Math::toIntExact).orElse(SMALLEST_PART),
                settings.duration("timeout", Duration.ofMillis(1), Duration.ofHours(1)).orElse(Duration.ofSeconds(30)),
                settings.number("retries", 0, 20).orElse(2));
    }

    private static URI endpoint(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // the same text says what to do
        }
        throw new Refused("the setting \"endpoint\" must be a URL such as https://s3.example.org:9000");
    }

    private static String prefix(String text) {
        return text.isEmpty() || text.endsWith("/") ? text : text + "/";
    }

    private static Optional<AwsCredentials> credentials(Settings settings) {
        Optional<String> access = settings.text("access-key");
        Optional<String> secret = settings.text("secret-key");
        Optional<String> token = settings.text("session-token");
        if (access.isPresent() != secret.isPresent() || token.isPresent() && access.isEmpty()) {
            throw new Refused("the settings \"access-key\" and \"secret-key\" go together");
        }
        return access.map(id -> token.isPresent()
                ? AwsSessionCredentials.create(id, secret.get(), token.get())
                : AwsBasicCredentials.create(id, secret.get()));
    }

    /** Says no secret. */
    @Override
    public String toString() {
        return endpoint.map(URI::toString).orElse("S3 in " + region) + ", bucket " + bucket;
    }
}
