package dev.virga.hostapi.message;

/** For a registry. */
public record ImagePullSecret(String username, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return username;
    }
}
