package dev.virga.ingress;

import java.util.Locale;

/** What {@code Host} and {@code :authority} say. */
final class Authority {

    private Authority() {}

    /** The host of an authority in one form: lower case, no port, no final dot. The same string if it has it already. */
    static String host(String authority) {
        int end = authority.length();
        int colon = authority.lastIndexOf(':');
        if (colon > authority.lastIndexOf(']')) {
            end = colon;
        }
        if (end > 1 && authority.charAt(end - 1) == '.') {
            end--;
        }
        return authority.substring(0, end).toLowerCase(Locale.ROOT);
    }

    /** Whether both name the same host; ports play no part in routing. */
    static boolean same(String one, String other) {
        return one.equals(other) || host(one).equals(host(other));
    }
}
