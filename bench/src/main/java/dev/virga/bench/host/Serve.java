package dev.virga.bench.host;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Runs one workload at any host name until it is killed: {@code PORT DATA COMPONENT}. */
final class Serve {

    private Serve() {}

    static void main(String[] arguments) throws InterruptedException {
        try (BenchHost host = new BenchHost(Path.of(arguments[1]), Integer.parseInt(arguments[0]))) {
            host.apply("hello", Path.of(arguments[2]), "ingress: {routes: [{host: \"*\", component: guest}]}");
            host.awaitRunning();
            System.out.println("listening on http://127.0.0.1:" + host.port());
            new CountDownLatch(1).await();
        }
    }
}
