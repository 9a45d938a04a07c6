package dev.virga.host.shape;

/**
 * Something wrong in a document.
 *
 * @param file as the user named it
 * @param line from one
 * @param column from one
 * @param path the field, for example {@code spec.components[0].image}; empty for the whole document
 * @param text what is wrong and what to do
 */
public record Problem(String file, int line, int column, String path, String text) {

    /** One line for people. */
    @Override
    public String toString() {
        return file + ":" + line + ":" + column + ": " + (path.isEmpty() ? "" : path + ": ") + text;
    }
}
