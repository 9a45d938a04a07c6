package dev.virga.wit;

/** @param text a name without its {@code %}, a string decoded, anything else as written */
record Token(Kind kind, String text, int start, int end, String docs) {

    /** {@code JOINT} is the colon in a path or a package's name. */
    enum Kind {
        NAME, KEYWORD, SYMBOL, JOINT, INTEGER, STRING, VERSION, END
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isKeyword(String keyword) {
        return kind == Kind.KEYWORD && text.equals(keyword);
    }

    String described() {
        return switch (kind) {
            case NAME -> "the name '" + text + "'";
            case KEYWORD -> "the keyword '" + text + "'";
            case SYMBOL, JOINT -> "'" + text + "'";
            case INTEGER -> "the number " + text;
            case STRING -> "a string";
            case VERSION -> "the version " + text;
            case END -> "the end of the file";
        };
    }
}
