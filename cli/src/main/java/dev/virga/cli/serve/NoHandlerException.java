package dev.virga.cli.serve;

/** The component does not handle HTTP requests. */
public final class NoHandlerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public NoHandlerException(String message) {
        super(message);
    }
}
