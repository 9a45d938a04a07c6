package dev.virga.plugin.s3;

import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobId;
import dev.virga.plugin.blobstore.ContainerId;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Where what is in the bucket: {@code PREFIX containers/NAMESPACE/CONTAINER} is an empty object for each container,
 * {@code PREFIX objects/NAMESPACE/CONTAINER/OBJECT} an object. Names are as guests gave them, but for bytes that
 * URLs, lists or servers change on the way, and the slashes in a container's: those are {@code %} and two digits.
 */
record S3Keys(String prefix) {

    private static final int LONGEST = 1024;
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    String marker(ContainerId container) throws BlobException {
        return bounded(prefix + "containers/" + path(container));
    }

    /** Of all objects in the container. */
    String objects(ContainerId container) throws BlobException {
        return bounded(prefix + "objects/" + path(container) + "/");
    }

    String object(BlobId object) throws BlobException {
        return bounded(objects(object.container()) + encode(object.name()));
    }

    private static String bounded(String key) throws BlobException {
        if (key.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new BlobException(BlobException.Reason.DENIED, "the names of the container and the object are too"
                    + " long for this blob store, which takes " + LONGEST + " bytes with its own");
        }
        return key;
    }

    /** No namespace is "%", and no name becomes that. */
    private static String path(ContainerId container) {
        String namespace = container.namespace().isEmpty() ? "%" : segment(container.namespace());
        return namespace + "/" + segment(container.name());
    }

    private static String segment(String name) {
        return encode(name).replace("/", "%2F");
    }

    private static String encode(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream encoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '%' || b == '\\' || b >= 0 && b < ' ' || b == 127 || b == '/' && !separates(bytes, i)
                    || b == '.' && startsDots(bytes, i)) {
                encoded.write('%');
                encoded.writeBytes(HEX.toHexDigits(b).getBytes(StandardCharsets.US_ASCII));
            } else {
                encoded.write(b);
            }
        }
        return encoded.toString(StandardCharsets.UTF_8);
    }

    /** Whether a slash stands between two names that are not empty. */
    private static boolean separates(byte[] bytes, int at) {
        return at > 0 && at < bytes.length - 1 && bytes[at - 1] != '/' && bytes[at + 1] != '/';
    }

    /** Whether a segment "." or ".." begins here, which URLs would swallow. */
    private static boolean startsDots(byte[] bytes, int at) {
        if (at > 0 && bytes[at - 1] != '/') {
            return false;
        }
        int end = at;
        while (end < bytes.length && bytes[end] == '.') {
            end++;
        }
        return end - at <= 2 && (end == bytes.length || bytes[end] == '/');
    }

    /** The name of an object by its key without that of its container; empty if somebody else has put it there. */
    static Optional<String> decode(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] != '%') {
                decoded.write(bytes[i]);
            } else if (i + 2 < bytes.length
                    && HexFormat.isHexDigit(bytes[i + 1])
                    && HexFormat.isHexDigit(bytes[i + 2])) {
                decoded.write(HexFormat.fromHexDigit(bytes[i + 1]) << 4 | HexFormat.fromHexDigit(bytes[i + 2]));
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        String name = decoded.toString(StandardCharsets.UTF_8);
        return !name.isEmpty() && encode(name).equals(key) ? Optional.of(name) : Optional.empty();
    }
}
