package dev.virga.benchmark.report;

/** Text in pages. */
final class Html {

    private Html() {}

    /** As the text of an element or the value of an attribute. */
    static String text(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** In an element {@code script}, which no tag may end and no comment begin. */
    static String script(String json) {
        return json.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029");
    }
}
