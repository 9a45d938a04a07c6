package dev.virga.plugin.messaging;

import dev.virga.engine.Limiter;
import dev.virga.plugin.Grant;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an entry of a manifest says. Names with an underscore are wasmCloud's, so that its manifests work here.
 *
 * @param backend the operator's name for it
 * @param maxDeliver how many times a message is delivered before it is given up
 * @param deadLetter where messages go that are given up
 */
record EntrySettings(
        Optional<String> backend,
        List<String> subscriptions,
        Optional<String> group,
        int maxInFlight,
        Duration ackWait,
        Optional<Integer> maxDeliver,
        Optional<String> deadLetter) {

    /** {@code admission_wait} has no effect: messages wait where the backend keeps them; none is shed for its age. */
    private static final Set<String> KNOWN = Set.of(
            "subscriptions", "consumer_group", "max_in_flight", "admission_wait",
            "backend", "ackWait", "maxDeliver", "deadLetter");

    private static final String BROADCAST = "broadcast";
    private static final Duration ACK_WAIT = Duration.ofSeconds(30);
    private static final int MAX_IN_FLIGHT = 64;
    private static final int MOST_IN_FLIGHT = 10_000;
    private static final int MOST_SUBSCRIPTIONS = 64;

    /** @throws PluginException.Refused naming the setting that is wrong */
    static EntrySettings of(Grant grant) {
        Settings settings = grant.settings();
        settings.allow(KNOWN);
        int longest = grant.limits().keyBytes();
        List<String> subscriptions = settings.text("subscriptions").stream()
                .flatMap(all -> Stream.of(all.split(",", -1)))
                .map(String::strip)
                .toList();
        if (subscriptions.size() > MOST_SUBSCRIPTIONS) {
            throw wrong("subscriptions", "names " + subscriptions.size() + "; at most " + MOST_SUBSCRIPTIONS);
        }
        subscriptions.forEach(subject -> Subjects.patternProblem(subject, longest).ifPresent(problem -> {
            throw wrong("subscriptions", "has the subject \"" + subject + "\": " + problem);
        }));
        Optional<String> deadLetter = settings.text("deadLetter");
        deadLetter.ifPresent(subject -> {
            Subjects.problem(subject, longest).ifPresent(problem -> {
                throw wrong("deadLetter", "is not a subject: " + problem);
            });
            if (subscriptions.stream().anyMatch(pattern -> Subjects.matches(pattern, subject))) {
                throw wrong("deadLetter", "is one of the entry's own subscriptions, so that it would go round");
            }
        });
        return new EntrySettings(
                settings.text("backend"),
                subscriptions,
                group(grant),
                settings.number("max_in_flight", 1, MOST_IN_FLIGHT).orElse(MAX_IN_FLIGHT),
                settings.duration("ackWait", Duration.ofSeconds(1), Duration.ofDays(1)).orElse(ACK_WAIT),
                settings.number("maxDeliver", 1, 1000),
                deadLetter);
    }

    private static Optional<String> group(Grant grant) {
        Optional<String> group = grant.settings().text("consumer_group");
        group.filter(name -> name.contains(".") || Subjects.problem(name, 128).isPresent()).ifPresent(_ -> {
            throw wrong("consumer_group", "must be printable ASCII without dots, spaces, * and >; at most 128");
        });
        String own = "virga-" + grant.workload().namespace() + "-" + grant.workload().name();
        return group.or(() -> Optional.of(own)).filter(name -> !name.equals(BROADCAST));
    }

    private static PluginException.Refused wrong(String name, String what) {
        return new PluginException.Refused("the setting \"" + name + "\" " + what);
    }

    Subscription subscription(Grant grant, Limiter limiter) {
        return new Subscription(
                grant.workload(), subscriptions, group, maxInFlight, ackWait, grant.limits(), limiter);
    }
}
