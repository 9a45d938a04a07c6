package dev.virga.oci;

/** For a registry. */
public record Credentials(String user, String password) {

    /** Without the password. */
    @Override
    public String toString() {
        return user;
    }
}
