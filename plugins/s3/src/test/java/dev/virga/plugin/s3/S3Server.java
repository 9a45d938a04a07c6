package dev.virga.plugin.s3;

import dev.virga.plugin.Settings;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;

/** A real server with an empty bucket, on free ports. */
final class S3Server implements AutoCloseable {

    static final String BUCKET = "virga";

    private final S3Proxy server;

    S3Server() throws Exception {
        this(S3Proxy.builder());
    }

    /** Also over TLS, with the certificate in a key store. */
    S3Server(Path keyStore, String password) throws Exception {
        this(S3Proxy.builder()
                .secureEndpoint(URI.create("https://127.0.0.1:0"))
                .keyStore(keyStore.toString(), password));
    }

    private S3Server(S3Proxy.Builder builder) throws Exception {
        this.server = builder.blobStore(new TransientNio2BlobStore())
                .endpoint(URI.create("http://127.0.0.1:0"))
                .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, "key", "secret")
                .build();
        server.start();
        S3Settings settings = S3Settings.of(settings());
        try (S3Calls calls = new S3Calls(S3Clients.open(settings), BUCKET)) {
            calls.call(client -> client.createBucket(r -> r.bucket(BUCKET)));
        }
    }

    int securePort() {
        return server.getSecurePort();
    }

    Settings settings(String... more) {
        return settingsFor("http://127.0.0.1:" + server.getPort(), more);
    }

    /** @param more {@code NAME=VALUE} */
    static Settings settingsFor(String endpoint, String... more) {
        Map<String, String> all = new TreeMap<>(Map.of(
                "endpoint", endpoint, "bucket", BUCKET, "access-key", "key", "secret-key", "secret"));
        for (String setting : more) {
            int equals = setting.indexOf('=');
            all.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return new Settings(all);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
