package dev.virga.cli.redact;

import java.io.IOException;

/** Something cannot be redacted, and is not written; the message says where and why. */
final class RedactException extends IOException {

    private static final long serialVersionUID = 1L;

    RedactException(String message) {
        super(message);
    }
}
