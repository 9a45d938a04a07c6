package dev.virga.oci;

/**
 * A component's bytes.
 *
 * @param digest of the bytes, {@code sha256:} and 64 hexadecimal digits
 */
public record Image(String digest, byte[] bytes) {}
