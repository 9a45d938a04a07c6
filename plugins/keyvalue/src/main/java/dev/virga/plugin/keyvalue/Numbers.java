package dev.virga.plugin.keyvalue;

import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Numbers as decimal text. */
public final class Numbers {

    private static final int LONGEST = Long.toString(Long.MIN_VALUE).length();

    private Numbers() {}

    /**
     * @param value none is 0
     * @throws KeyValueException INVALID
     */
    public static long sum(Optional<byte[]> value, long delta) {
        try {
            return Math.addExact(value.map(Numbers::parse).orElse(0L), delta);
        } catch (ArithmeticException e) {
            throw overflow();
        }
    }

    private static long parse(byte[] value) {
        try {
            if (value.length <= LONGEST) {
                return Long.parseLong(new String(value, StandardCharsets.ISO_8859_1));
            }
        } catch (NumberFormatException e) {
            // as below
        }
        throw notNumber();
    }

    public static KeyValueException notNumber() {
        return new KeyValueException(
                Reason.INVALID, "the value is not a whole number of 64 bits as decimal text, so it cannot be incremented");
    }

    public static KeyValueException overflow() {
        return new KeyValueException(Reason.INVALID, "the sum does not fit 64 bits; nothing was changed");
    }
}
