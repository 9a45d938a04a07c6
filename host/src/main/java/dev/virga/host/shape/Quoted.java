package dev.virga.host.shape;

/** Text out of documents as error texts show it. */
public final class Quoted {

    private static final int LONGEST = 120;

    private Quoted() {}

    /** In quotes, cut when it is long, and without what would steer a terminal. */
    public static String of(String text) {
        return "\"" + harmless(text) + "\"";
    }

    static String harmless(String text) {
        String cut = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
        return cut.codePoints()
                .map(c -> switch (Character.getType(c)) {
                    case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> '?';
                    default -> c;
                })
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
