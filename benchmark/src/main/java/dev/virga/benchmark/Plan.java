package dev.virga.benchmark;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What to measure, and for how long.
 *
 * @param component in place of the shape's own
 * @param rates requests a second; empty for a quarter, a half and three quarters of what the slower server can do
 * @param duration of each load
 * @param repeats of each load
 * @param starts of each kind
 * @param connections of the load
 * @param pool instances that are kept for later calls; 0 for a new one for each
 * @param density the most workloads on a node
 * @param against the command of another server, with {@code {file}} and {@code {addr}}
 * @param image bytes of a container image that does the same
 * @param virga the command that starts Virga, without its first argument
 * @param version of it
 */
public record Plan(
        Shape shape,
        Optional<Path> component,
        Request request,
        Set<Group> groups,
        List<Double> rates,
        Duration duration,
        int repeats,
        int starts,
        int connections,
        int pool,
        int density,
        List<String> against,
        Optional<Long> image,
        List<String> virga,
        String version) {

    public Plan {
        groups = Set.copyOf(groups);
        rates = List.copyOf(rates);
        against = List.copyOf(against);
        virga = List.copyOf(virga);
        if (!against.isEmpty() && !shape.isHttp()) {
            throw new BenchmarkException("the shape " + shape + " needs messages, which another server does not have; "
                    + "compare the shapes http, policy or edge");
        }
    }

    Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("shape", shape.toString());
        settings.put("component", component.map(path -> path.getFileName().toString()).orElse("built in"));
        settings.put("request", request.method() + " " + request.path());
        settings.put("duration of a load", duration.toMillis() + " ms");
        settings.put("repeats", Integer.toString(repeats));
        settings.put("starts", Integer.toString(starts));
        settings.put("connections", Integer.toString(connections));
        settings.put("instances kept", pool == 0 ? "none, a new one for each request" : Integer.toString(pool));
        if (!against.isEmpty()) {
            settings.put("other", String.join(" ", against));
        }
        return settings;
    }

    /** A command line's words; quotes keep spaces. @throws BenchmarkException if one is not closed */
    public static List<String> words(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (char c : line.toCharArray()) {
            if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote != 0 ? 0 : c;
                begun = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (begun) {
                    words.add(word.toString());
                }
                word.setLength(0);
                begun = false;
            } else {
                word.append(c);
                begun = true;
            }
        }
        if (quote != 0) {
            throw new BenchmarkException("a quote is not closed in: " + line);
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }
}
