package dev.virga.plugin.nats;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Keys as the server has them: letters, digits and _ / - . as they are, other bytes as = and two hexadecimal digits,
 * and an empty key as = alone. Each has one spelling only.
 */
final class KeyNames {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private KeyNames() {}

    static String outer(String key) {
        if (key.isEmpty()) {
            return "=";
        }
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        StringBuilder outer = new StringBuilder();
        for (int i = 0; i < bytes.length; i++) {
            // parts of a subject are not empty
            boolean dot = bytes[i] == '.' && i > 0 && i < bytes.length - 1 && bytes[i - 1] != '.';
            if (dot || isPlain(bytes[i])) {
                outer.append((char) bytes[i]);
            } else {
                outer.append('=').append(HEX.toHexDigits(bytes[i]));
            }
        }
        return outer.toString();
    }

    private static boolean isPlain(byte b) {
        return b == '-' || b == '/' || b == '_' || (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z')
                || (b >= 'a' && b <= 'z');
    }

    /** Empty for one that another program has written and that no key has. */
    static Optional<String> inner(String outer) {
        if (outer.equals("=")) {
            return Optional.of("");
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            for (int i = 0; i < outer.length(); i++) {
                if (outer.charAt(i) == '=') {
                    bytes.write(HexFormat.fromHexDigits(outer, i + 1, i + 3));
                    i += 2;
                } else {
                    bytes.write(outer.charAt(i));
                }
            }
            String key = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
            return Optional.of(key).filter(k -> outer(k).equals(outer));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | CharacterCodingException _) {
            return Optional.empty();
        }
    }
}
