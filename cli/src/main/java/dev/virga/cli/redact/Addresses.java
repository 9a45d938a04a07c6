package dev.virga.cli.redact;

/** Which texts are addresses. */
final class Addresses {

    private Addresses() {}

    /** Four numbers below 256. */
    static boolean isIpv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return false;
        }
        for (String part : parts) {
            if (!part.matches("\\d{1,3}") || Integer.parseInt(part) > 255) {
                return false;
            }
        }
        return true;
    }

    /** With {@code ::} or eight groups; the last two may be written as IPv4. A zone may follow. */
    static boolean isIpv6(String text) {
        String plain = text.split("%", 2)[0];
        int colon = plain.lastIndexOf(':');
        int more = 0;
        if (plain.indexOf('.') > colon && colon >= 0) {
            if (!isIpv4(plain.substring(colon + 1))) {
                return false;
            }
            plain = plain.substring(0, colon) + (plain.startsWith("::") && colon == 1 ? ":" : "");
            more = 2;
        }
        String[] halves = plain.split("::", -1);
        if (halves.length > 2) {
            return false;
        }
        int groups = more;
        for (String half : halves) {
            if (half.isEmpty()) {
                continue;
            }
            for (String group : half.split(":", -1)) {
                if (!group.matches("[0-9A-Fa-f]{1,4}")) {
                    return false;
                }
                groups++;
            }
        }
        return halves.length == 2 ? groups < 8 : groups == 8;
    }

    /** Of a network card. */
    static boolean isMac(String text) {
        return text.matches("[0-9A-Fa-f]{2}(?:[:-][0-9A-Fa-f]{2}){5}");
    }

    static boolean isAddress(String text) {
        return isIpv4(text) || isIpv6(text) || isMac(text);
    }

    /** Names nobody: loopback and what stands for any address. */
    static boolean isOwn(String text) {
        return text.startsWith("127.") && isIpv4(text)
                || text.equals("0.0.0.0")
                || text.equals("::")
                || text.equals("::1")
                || text.equalsIgnoreCase("localhost");
    }
}
