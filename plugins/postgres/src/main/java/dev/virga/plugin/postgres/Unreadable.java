package dev.virga.plugin.postgres;

/** A value of the database that the interface has no words for. */
final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what it is, for example {@code an array with NULL in it} */
    Unreadable(String message) {
        super(message, null, false, false);
    }
}
