package dev.virga.host.manifest;

/** Numbers of ports. */
final class Ports {

    private static final int LAST = 65535;

    private Ports() {}

    /** @param digits at most nine */
    static int parse(String digits) {
        int port = Integer.parseInt(digits);
        if (port < 1 || port > LAST) {
            throw new IllegalArgumentException("the port " + digits + " is not from 1 to " + LAST);
        }
        return port;
    }
}
