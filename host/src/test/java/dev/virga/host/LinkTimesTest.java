package dev.virga.host;

import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Limiter;
import dev.virga.link.LinkAddress;
import dev.virga.link.LinkCall;
import dev.virga.link.LinkFunction;
import dev.virga.link.LinkNetwork;
import dev.virga.plugin.Settings;
import dev.virga.plugin.nats.NatsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Measures a call within an instance beside one over a link; docs/links.md has figures. */
@EnabledIfSystemProperty(named = "virga.measure", matches = "true")
class LinkTimesTest {

    private static final int ROUNDS = 15;
    private static final LinkFunction MEASURE = new LinkFunction(new FunctionType(
            List.of(new FunctionType.Param("times", Primitive.U32)), Optional.of(Primitive.U64), false));

    @TempDir
    private Path folder;

    @Test
    void callsWithinAnInstanceAndOverALink() throws Exception {
        String local = LinkManifests.relay("local", "default", "20s", "")
                .replaceFirst("(?s)  links:.*  serves:", "  serves:")
                .replace("components: [", "components: [{name: p, image: \"file:" + TestHost.GUESTS
                        + "/provider.wasm\"}, ");
        String clock = "  serves:\n    - {interface: \"test:links/clock@1.2.0\", to: [client]}";
        try (NatsServer nats = new NatsServer(Files.createDirectory(folder.resolve("nats")));
                TestHost first = new TestHost(folder.resolve("first"), Optional.empty(), Optional.of(nats.url()));
                TestHost second = new TestHost(folder.resolve("second"), Optional.empty(), Optional.of(nats.url()));
                LinkNetwork client = new LinkNetwork(new Settings(Map.of("url", nats.url())), _ -> {})) {
            second.apply(LinkManifests.provider(LinkManifests.SERVES));
            first.apply(LinkManifests.relay("relay", "default", "20s", "").replace("  serves:", clock));
            first.apply(local.replace("  serves:", clock).replaceAll("(?m)^.*test:links/(values|work)@.*\n", ""));
            second.await("answers", s -> s.phase().equals("Running"));
            first.await("relay", s -> s.phase().equals("Running"));
            first.await("local", s -> s.phase().equals("Running"));
            List<Double> within = new ArrayList<>();
            List<Double> over = new ArrayList<>();
            for (int round = -5; round < ROUNDS; round++) {
                double a = measure(client, "local", 200_000);
                double b = measure(client, "relay", 2_000);
                if (round >= 0) {
                    within.add(a);
                    over.add(b);
                }
            }
            System.out.printf("within an instance: %.3f µs; over a link: %.1f µs%n", median(within), median(over));
        }
    }

    private static double median(List<Double> times) {
        return times.stream().sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
    }

    private static double measure(LinkNetwork client, String workload, int times) {
        byte[] answer = client.call(
                new LinkAddress("default", workload, "relay", "test:links/clock@1"),
                new LinkCall("client", "measure", MEASURE.fingerprint(), Duration.ofSeconds(20), "", Map.of(),
                        MEASURE.encodeArguments(new Object[] {times}, 100)));
        return (Long) MEASURE.decodeResult(answer, Limiter.UNLIMITED) / 1000.0 / times;
    }
}
