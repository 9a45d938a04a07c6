package dev.virga.plugin.blobstore;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Names of guests as names of files. Lower-case letters, digits and {@code - _ .} stand for themselves, but for a
 * dot at the start; any other byte of the UTF-8 is {@code %} and two digits, capitals too, since some file systems
 * do not tell them from small letters. A name that would become too long is {@code ~} and its SHA-256. So no two
 * names become one, and none leads out of its folder.
 */
final class FileName {

    /** File systems take 255 bytes, some that encrypt 143. */
    private static final int LONGEST = 140;
    private static final HexFormat HEX = HexFormat.of();

    private FileName() {}

    static String of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        StringBuilder encoded = new StringBuilder(bytes.length);
        for (byte b : bytes) {
            if (plain(b) && !(b == '.' && encoded.isEmpty())) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        if (encoded.isEmpty()) {
            return "%";
        }
        return encoded.length() <= LONGEST ? encoded.toString() : "~" + HEX.formatHex(sha256(bytes));
    }

    private static boolean plain(byte b) {
        return b >= 'a' && b <= 'z' || b >= '0' && b <= '9' || b == '-' || b == '_' || b == '.';
    }

    /** Whether the name cannot be told from that of the file. */
    static boolean isHash(String fileName) {
        return fileName.startsWith("~");
    }

    /** The name that became that of the file; empty if none did, or it {@link #isHash}. */
    static Optional<String> decode(String fileName) {
        byte[] bytes = new byte[fileName.length()];
        int length = 0;
        for (int i = 0; i < fileName.length(); i++) {
            char c = fileName.charAt(i);
            if (c != '%') {
                bytes[length++] = (byte) c;
            } else if (i + 2 < fileName.length()
                    && HexFormat.isHexDigit(fileName.charAt(i + 1))
                    && HexFormat.isHexDigit(fileName.charAt(i + 2))) {
                bytes[length++] = (byte) HexFormat.fromHexDigits(fileName, i + 1, i + 3);
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        String name = new String(bytes, 0, length, StandardCharsets.UTF_8);
        return of(name).equals(fileName) ? Optional.of(name) : Optional.empty();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
