package dev.virga.bench.host;

import dev.virga.host.manifest.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * From a manifest that is applied to the first answer, with compiled code on disk and nothing of it in memory, in a JVM
 * that is warm: {@code WARMUP TIMES DATA COMPONENT}. Each time has a host and engines of its own.
 */
final class First {

    private First() {}

    static void main(String[] arguments) throws Exception {
        int warmup = Integer.parseInt(arguments[0]);
        Path data = Path.of(arguments[2]);
        long[] nanos = new long[Integer.parseInt(arguments[1])];
        int failures = 0;
        for (int i = -1 - warmup; i < nanos.length; i++) { // the first of all compiles
            Path own = Files.createDirectories(data.resolve("host" + i));
            try (BenchHost host = new BenchHost(own, 0, Optional.of(data.resolve("cache")));
                    Client client = new Client(host.port())) {
                client.get("nobody.test", "/");
                long begun = System.nanoTime();
                host.apply("first", Path.of(arguments[3]), "");
                host.awaitRunning();
                int status = client.get("first.test", "/");
                if (i >= 0) {
                    nanos[i] = System.nanoTime() - begun;
                    failures += status == 200 ? 0 : 1;
                }
                host.host().delete(Kind.WORKLOAD_DEPLOYMENT, "default", "first");
            }
            System.gc(); // what one has loaded is no other's, not even its memory
        }
        System.out.println("first answers: " + new Latencies(nanos, failures));
    }
}
