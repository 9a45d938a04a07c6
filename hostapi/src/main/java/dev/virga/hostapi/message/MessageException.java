package dev.virga.hostapi.message;

/** A message that cannot be read; the text says why. */
public final class MessageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MessageException(String message) {
        super(message, null, false, false);
    }
}
