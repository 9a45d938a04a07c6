package dev.virga.cli.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Masks for values: the same for the same value, and of no use to who does not have the key. A plain hash would be:
 * there are only so many addresses and names to try.
 */
final class Masks {

    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

    /** 50 bits: two of ten thousand values have the same mask once in some twenty million runs. */
    private static final int LENGTH = 10;

    private final Mac mac;
    private final Map<Kind, Long> counts = new EnumMap<>(Kind.class);

    Masks(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** Counts it as masked. */
    String mask(Kind kind, String value) {
        counts.merge(kind, 1L, Long::sum);
        mac.update(kind.name().getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        String same = kind == Kind.HOST || kind == Kind.EMAIL ? value.toLowerCase(Locale.ROOT) : value;
        byte[] hash = mac.doFinal(same.getBytes(StandardCharsets.UTF_8));
        StringBuilder mask = new StringBuilder(kind.toString()).append('-');
        for (int i = 0; i < LENGTH; i++) {
            mask.append(DIGITS.charAt(hash[i] & 31));
        }
        return mask.toString();
    }

    /** How often each kind was masked, those that were. */
    Map<Kind, Long> counts() {
        return counts;
    }
}
