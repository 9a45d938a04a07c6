package dev.virga.host.manifest;

/** Settings that a manifest names and that are not there, or are no settings. */
public final class ConfigException extends RuntimeException {

    private static final long serialVersionUID = 1;

    public ConfigException(String message) {
        super(message);
    }
}
