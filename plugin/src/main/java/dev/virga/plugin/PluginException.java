package dev.virga.plugin;

/** Why a plugin cannot do what it is asked to; the text says what to do. */
public abstract sealed class PluginException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private PluginException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A setting, or what a workload wants, is wrong: trying again does not help. */
    public static final class Refused extends PluginException {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message, null);
        }
    }

    /** Something that is needed is not there now, and may be later. */
    public static final class Unavailable extends PluginException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message, Throwable cause) {
            super(message, cause);
        }

        public Unavailable(String message) {
            super(message, null);
        }
    }
}
