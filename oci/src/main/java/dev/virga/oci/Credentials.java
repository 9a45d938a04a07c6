package dev.virga.oci;

/** For a registry. */
public record Credentials(String user, String password) {

    private static final String TOKEN = "<token>";

    /** With an identity token in place of a password, as {@code docker login} keeps it for some registries. */
    public static Credentials token(String token) {
        return new Credentials(TOKEN, token);
    }

    boolean isToken() {
        return user.equals(TOKEN);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return user;
    }
}
