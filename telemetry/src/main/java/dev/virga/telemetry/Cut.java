package dev.virga.telemetry;

import java.nio.charset.StandardCharsets;

/** Bounds texts of guests. */
final class Cut {

    private static final String ELLIPSIS = "…";
    private static final int ELLIPSIS_BYTES = 3;

    private Cut() {}

    /** How many bytes the text has in UTF-8. */
    static int bytes(String text) {
        int bytes = text.length();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
        }
        return bytes;
    }

    /** The text, or as much of it as fits into the bytes in UTF-8, with an ellipsis, at a character's end. */
    static String utf8(String text, int bytes) {
        if (text.length() <= bytes / 3) {
            return text;
        }
        // No more bytes are encoded than could matter.
        byte[] encoded = text.substring(0, Math.min(text.length(), bytes + 1)).getBytes(StandardCharsets.UTF_8);
        if (encoded.length <= bytes) {
            return text;
        }
        int end = bytes - ELLIPSIS_BYTES;
        while (end > 0 && (encoded[end] & 0xC0) == 0x80) {
            end--;
        }
        return new String(encoded, 0, end, StandardCharsets.UTF_8) + ELLIPSIS;
    }
}
