package dev.virga.oci;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Digests as OCI writes them. */
public final class Digests {

    private static final String SHA_512 = "sha512:";

    private Digests() {}

    /** {@code sha256:} and 64 hexadecimal digits. */
    public static String sha256(byte[] bytes) {
        return "sha256:" + hex("SHA-256", bytes);
    }

    /** Whether bytes have a digest, of SHA-256 or SHA-512. */
    static boolean fits(String digest, byte[] bytes) {
        return digest.equals(digest.startsWith(SHA_512) ? SHA_512 + hex("SHA-512", bytes) : sha256(bytes));
    }

    /** Whether it is a digest of SHA-256. */
    public static boolean isSha256(String text) {
        return text.matches("sha256:[0-9a-f]{64}");
    }

    private static String hex(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new LinkageError("the JVM has no " + algorithm, e);
        }
    }
}
