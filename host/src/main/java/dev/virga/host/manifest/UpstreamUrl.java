package dev.virga.host.manifest;

import dev.virga.host.shape.Quoted;
import dev.virga.host.shape.Value;
import java.net.URI;
import java.net.URISyntaxException;

/** Where requests are sent on to: scheme, host, port and perhaps the beginning of a path. */
@Value(
        words = "a URL http://HOST[:PORT][/PATH] or https://…, without user, query and fragment",
        pattern = "^https?://([A-Za-z0-9.-]{1,253}|\\[[0-9A-Fa-f:.]{2,45}\\])(:[0-9]{1,5})?"
                + "(/[A-Za-z0-9._~!$&'()*+,;=:@%/-]*)?$",
        example = "http://127.0.0.1:8081")
public record UpstreamUrl(URI uri) {

    public static UpstreamUrl parse(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getHost() == null) {
                throw new IllegalArgumentException(Quoted.of(text) + " has no valid host");
            }
            if (uri.getPort() >= 0) {
                Ports.parse(String.valueOf(uri.getPort()));
            }
            return new UpstreamUrl(uri);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(Quoted.of(text) + " is not a URL", e);
        }
    }

    @Override
    public String toString() {
        return uri.toString();
    }
}
