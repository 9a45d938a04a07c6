package dev.virga.plugin.keyvalue;

/** What guests and manifests send as names. */
final class Texts {

    private static final int SHOWN = 64;

    private Texts() {}

    static boolean isBucket(String name, int most) {
        return !name.isEmpty() && fits(name, most) && name.chars().noneMatch(Character::isISOControl);
    }

    /** Whether it has no more than so many bytes of UTF-8. */
    static boolean fits(String text, int most) {
        if (text.length() > most) {
            return false;
        }
        long bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return bytes <= most;
    }

    /** For error texts and logs: neither long nor with control characters. */
    static String shown(String text) {
        String start = text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        return '"' + start.replaceAll("\\p{Cntrl}", "?") + '"';
    }
}
