package dev.virga.oci;

/** Why there is no image; the text names it and says what to do. */
public abstract sealed class ImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private ImageException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The same, saying of which image. */
    ImageException of(String image) {
        String text = image + ": " + getMessage();
        return switch (this) {
            case Missing _ -> new Missing(text, this);
            case Denied _ -> new Denied(text, this);
            case Unreachable _ -> new Unreachable(text, this);
            case Wrong _ -> new Wrong(text, this);
        };
    }

    /** The registry, the repository, the tag or the digest does not exist, or is nobody's to see. */
    public static final class Missing extends ImageException {
        private static final long serialVersionUID = 1L;

        Missing(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The registry wants other credentials, or the host may not ask it. */
    public static final class Denied extends ImageException {
        private static final long serialVersionUID = 1L;

        Denied(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The registry cannot be reached now, or fails: later it may work. */
    public static final class Unreachable extends ImageException {
        private static final long serialVersionUID = 1L;

        Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What is there is no component, too large, or not what its digest says. */
    public static final class Wrong extends ImageException {
        private static final long serialVersionUID = 1L;

        Wrong(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
