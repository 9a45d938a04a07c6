package dev.virga.cli.bench;

import dev.virga.benchmark.Group;
import dev.virga.benchmark.Plan;
import dev.virga.benchmark.Request;
import dev.virga.benchmark.Shape;
import dev.virga.cli.CliException;
import dev.virga.cli.DurationConverter;
import dev.virga.cli.GuestFile;
import dev.virga.cli.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** What {@code virga bench} measures. */
final class PlanOptions {

    @Option(names = "--component", paramLabel = "FILE", description = "Measure this component instead of a built-in one.")
    private Optional<Path> component;

    @Option(
            names = "--shape",
            paramLabel = "SHAPE",
            defaultValue = "http",
            description = "Kind of workload: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Shape shape;

    @Option(
            names = "--against",
            paramLabel = "CMD",
            description = "Measure this server too, in turns; {file} and {addr} (or {port}) are filled in.")
    private Optional<String> against;

    @Option(
            names = "--measure",
            paramLabel = "GROUP",
            split = ",",
            description = "Only these figures: ${COMPLETION-CANDIDATES}.")
    private Set<Group> groups = EnumSet.allOf(Group.class);

    @Option(
            names = "--rate",
            paramLabel = "N",
            split = ",",
            description = "Requests a second (default: a quarter, a half and three quarters of what the slower server "
                    + "can do).")
    private List<Double> rates = new ArrayList<>();

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long each load lasts (default: 5s, 1s with --quick).")
    private Optional<Duration> duration;

    @Option(
            names = "--repeat",
            paramLabel = "N",
            description = "How often each load is repeated (default: 5, 2 with --quick).")
    private Optional<Integer> repeat;

    @Option(names = "--starts", paramLabel = "N", description = "Starts of each kind (default: 20, 3 with --quick).")
    private Optional<Integer> starts;

    @Option(
            names = "--connections",
            paramLabel = "N",
            defaultValue = "32",
            description = "Connections of a load (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Option(
            names = "--pool",
            paramLabel = "N",
            defaultValue = "0",
            description = "Instances that are kept for later requests; 0 for a new one for each "
                    + "(default: ${DEFAULT-VALUE}).")
    private int pool;

    @Option(
            names = "--density",
            paramLabel = "N",
            description = "The most workloads on one host (default: 80, 20 with --quick).")
    private Optional<Integer> density;

    @Option(
            names = "--image",
            paramLabel = "SIZE|PATH",
            description = "A container image that does the same, for its size: in bytes (for example 85m), or an OCI "
                    + "layout as a folder or a tar file.")
    private Optional<String> image;

    @Option(names = "--path", paramLabel = "PATH", description = "Path and query of the request.")
    private Optional<String> path;

    @Option(names = "--method", paramLabel = "METHOD", description = "Its method.")
    private Optional<String> method;

    @Option(names = "--header", paramLabel = "NAME=VALUE", description = "A header of it; may be given several times.")
    private Map<String, String> headers = new LinkedHashMap<>();

    @Option(names = "--body", paramLabel = "TEXT", description = "Its body.")
    private Optional<String> body;

    @Option(names = "--quick", description = "Measure less and shorter, in some minutes; spreads are wide then.")
    private boolean quick;

    /** @throws dev.virga.benchmark.BenchmarkException if what was asked for cannot be measured */
    Plan plan() {
        component.ifPresent(file -> GuestFile.read(file).requireComponent());
        return new Plan(
                shape,
                component,
                request(),
                groups,
                positive("--rate", rates),
                duration.orElse(Duration.ofSeconds(quick ? 1 : 5)),
                within("--repeat", repeat.orElse(quick ? 2 : 5), 1, 1000),
                within("--starts", starts.orElse(quick ? 3 : 20), 1, 10_000),
                within("--connections", connections, 1, 1000),
                within("--pool", pool, 0, 100),
                within("--density", density.orElse(quick ? 20 : 80), 2, 5000),
                against.map(Plan::words).orElse(List.of()),
                image.map(ImageSize::of),
                ThisVirga.command(),
                "virga " + Version.text());
    }

    /** A component of the user's is asked for {@code /} unless told; a built-in one what it is made for. */
    private Request request() {
        Request own = component.isPresent() && shape != Shape.QUEUE
                ? new Request("GET", "/", Map.of(), new byte[0])
                : shape.request();
        return new Request(
                method.orElse(own.method()),
                path.orElse(own.path()),
                headers.isEmpty() ? own.headers() : headers,
                body.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(own.body()));
    }

    private static int within(String flag, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CliException.Usage(flag + " " + value + ": must be from " + least + " to " + most);
        }
        return value;
    }

    private static List<Double> positive(String flag, List<Double> values) {
        values.stream().filter(value -> !(value >= 0.1 && value <= 1e6)).findFirst().ifPresent(value -> {
            throw new CliException.Usage(flag + " " + value + ": must be from 0.1 to 1000000");
        });
        return values;
    }
}
