package dev.virga.host.control;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the control API of a host is. */
public final class ControlSocket {

    /** What every system takes; Linux takes 107, some take 103, and the JDK a little less than these. */
    private static final int LONGEST = 100;

    private ControlSocket() {}

    /**
     * @param data the host's folder
     * @throws ControlException.Refused if the path is too long for a socket
     */
    public static Path of(Path data) {
        Path socket = data.toAbsolutePath().normalize().resolve("control").resolve("socket");
        int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LONGEST) {
            throw new ControlException.Refused("the path " + socket + " has " + length
                    + " bytes, and a socket's may have " + LONGEST + "; choose a folder with a shorter path");
        }
        return socket;
    }
}
