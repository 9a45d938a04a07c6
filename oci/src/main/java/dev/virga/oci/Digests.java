package dev.virga.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests as OCI writes them. */
public final class Digests {

    private Digests() {}

    /** {@code sha256:} and 64 hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("every JVM has SHA-256", e);
        }
    }
}
