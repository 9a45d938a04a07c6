package dev.virga.cli.conformance;

/** A script cannot be read, or asks for something that makes no sense. */
final class ScriptException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ScriptException(String message) {
        super(message);
    }
}
