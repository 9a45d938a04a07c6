package dev.virga.cli.redact;

import java.util.HashMap;
import java.util.Map;

/** How random a text looks. */
final class Entropy {

    private static final double LOG2 = Math.log(2);

    private Entropy() {}

    /** Of three kinds of signs, not a path, and with so many bits a sign. */
    static boolean isSecret(String text, double bits) {
        boolean lower = false;
        boolean upper = false;
        boolean digit = false;
        int slashes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            lower |= c >= 'a' && c <= 'z';
            upper |= c >= 'A' && c <= 'Z';
            digit |= c >= '0' && c <= '9';
            slashes += c == '/' ? 1 : 0;
        }
        return lower && upper && digit && slashes * 10 <= text.length() && of(text) >= bits;
    }

    /** Bits a sign, by how often each is there. */
    static double of(String text) {
        Map<Character, Integer> counts = new HashMap<>();
        for (int i = 0; i < text.length(); i++) {
            counts.merge(text.charAt(i), 1, Integer::sum);
        }
        double sum = 0;
        for (int count : counts.values()) {
            double portion = (double) count / text.length();
            sum -= portion * Math.log(portion) / LOG2;
        }
        return sum;
    }
}
