package dev.virga.ingress;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Requests that one workload answers.
 *
 * @param host a name; {@code *.} and a name for everything below that name; or {@code *} for any
 *     host, none included. Without port, in lower case.
 * @param path the prefix, by whole segments: {@code /api} is {@code /api} and {@code /api/x}, not {@code /apix}
 * @param targets who answer, in turn by weight
 * @param admission how many at a time and how often; several routes may share one
 */
public record Route(String host, String path, List<WeightedTarget> targets, Admission admission) {

    private static final Pattern HOST = Pattern.compile(
            "\\*|(?:\\*\\.)?[a-z0-9_][a-z0-9_-]*(?:\\.[a-z0-9_][a-z0-9_-]*)*\\.?|\\[[0-9a-f:.]+]");
    private static final Pattern PATH = Pattern.compile("/|(?:/[A-Za-z0-9_~!$&'()*+,=:@.-]+)+/?");

    /** @throws IllegalArgumentException saying what is wrong with host, path or targets */
    public Route {
        host = host.toLowerCase(Locale.ROOT);
        targets = List.copyOf(targets);
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException(
                    "host '" + host + "': write a name, *.NAME for all below it, or * for any host");
        }
        if (!PATH.matcher(path).matches() || PathReading.of(path).isEmpty()) {
            throw new IllegalArgumentException("path '" + path
                    + "': write / or segments such as /api/v1, without escapes, dots as segments and empty segments");
        }
        host = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        path = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("route " + host + path + ": it has no target");
        }
        Rotation.check(targets);
    }

    public RouteLimits limits() {
        return admission.limits();
    }

    @Override
    public String toString() {
        return host + path;
    }
}
