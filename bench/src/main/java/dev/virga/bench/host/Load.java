package dev.virga.bench.host;

import dev.virga.benchmark.load.LoadGenerator;
import dev.virga.benchmark.load.LoadResult;
import dev.virga.benchmark.load.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;

/**
 * The load of {@code virga bench} alone, to compare it to other generators: {@code PORT SECONDS CONNECTIONS [RATE]}.
 * Prints answers a second, and p50 and p99 in milliseconds.
 */
final class Load {

    private Load() {}

    static void main(String[] arguments) throws Exception {
        InetSocketAddress address =
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0]));
        Target target = Target.of(address, "127.0.0.1", "GET", "/", Map.of(), new byte[0]);
        LoadGenerator generator = new LoadGenerator(target, Integer.parseInt(arguments[2]));
        Duration duration = Duration.ofSeconds(Long.parseLong(arguments[1]));
        generator.atSaturation(Duration.ofSeconds(2)); // its own code gets compiled
        LoadResult result = arguments.length > 3
                ? generator.atRate(Double.parseDouble(arguments[3]), duration)
                : generator.atSaturation(duration);
        System.out.printf("%.2f %.2fms %.2fms%s%n", result.rate(), result.milliseconds(50), result.milliseconds(99),
                result.failed() > 0 ? " (" + result.failed() + " failed: " + result.firstFailure() + ")" : "");
    }
}
