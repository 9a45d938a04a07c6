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

    static boolean same(String one, String other) {
        return one.equals(other) || one.equalsIgnoreCase(other) || host(one).equals(host(other)) && port(one).equals(port(other));
    }

    private static String port(String authority) {
        int colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? authority.substring(colon) : "";
    }
}
