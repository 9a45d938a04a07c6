package dev.virga.cli.doctor;

import dev.virga.engine.nativecode.NativeEngine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** The JDK, the engine and the ports. */
final class Machine {

    private static final int OLDEST_JDK = 25;
    private static final int PORT = 8080;

    private Machine() {}

    static List<Finding> look() {
        List<Finding> findings = new ArrayList<>();
        String jdk = Runtime.version() + " (" + System.getProperty("java.vendor") + ", " + System.getProperty("java.home") + ")";
        findings.add(Runtime.version().feature() >= OLDEST_JDK
                ? Finding.good("JDK", jdk)
                : Finding.broken("JDK", jdk + " is older than " + OLDEST_JDK, "apt install openjdk-25-jdk-headless"));
        findings.add(NativeEngine.missing()
                .map(why -> Finding.warning("engine", "native is not available: " + why
                                + "; components run on portable, which is slower",
                        "start it on Linux, x86-64 or aarch64, with ./virga or --enable-native-access=ALL-UNNAMED"))
                .orElseGet(() -> Finding.good("engine", "native, and portable for what it lacks")));
        findings.add(port());
        return findings;
    }

    private static Finding port() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
            return Finding.good("port", PORT + " is free");
        } catch (IOException e) {
            return Finding.warning("port", PORT + ", where serve and host listen, cannot be used: " + e.getMessage(),
                    "take another one with --addr 127.0.0.1:0, or see who has it: ss -ltnp 'sport = :" + PORT + "'");
        }
    }
}
