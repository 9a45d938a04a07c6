package dev.virga.cli.conformance;

/** A command needs an instance, a definition or an export that an earlier command should have made. */
final class MissingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MissingException(String message) {
        super(message);
    }
}
