package dev.virga.plugin.s3;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import dev.virga.plugin.blobstore.BlobBackend;
import dev.virga.plugin.blobstore.BlobBackendProvider;

/** The kind {@code s3}: a bucket. */
public final class S3Provider implements BlobBackendProvider {

    @Override
    public String kind() {
        return "s3";
    }

    @Override
    public BlobBackend open(Settings settings, PluginHost host) {
        S3Settings read = S3Settings.of(settings);
        return new S3Backend(read, new S3Calls(S3Clients.open(read), read.bucket()));
    }
}
