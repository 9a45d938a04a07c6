package dev.virga.benchmark;

import dev.virga.benchmark.load.Target;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The command of the server that is compared to. */
final class OtherServer {

    private OtherServer() {}

    /** With {@code {file}}, {@code {addr}} and {@code {port}} filled in. */
    static List<String> command(Plan plan, Path file, InetSocketAddress address) {
        return command(plan.against(), file, Integer.toString(address.getPort()));
    }

    static List<String> command(List<String> words, Path file, String port) {
        return words.stream()
                .map(word -> word.replace("{file}", file.toString())
                        .replace("{addr}", "127.0.0.1:" + port)
                        .replace("{port}", port))
                .toList();
    }

    static Target target(Plan plan, InetSocketAddress address) {
        return plan.request().to(address, "127.0.0.1:" + address.getPort());
    }

    static ServerProcess start(Plan plan, Path file, InetSocketAddress address, Map<String, String> variables) {
        return new ServerProcess(command(plan, file, address), variables);
    }
}
