package dev.virga.operator.hosts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.hostapi.message.HostHeartbeat;
import dev.virga.operator.placement.HostCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** With a clock that the tests turn, and hosts that answer or do not. */
class HostRegistryTest {

    private long now = Long.MAX_VALUE - 1000; // overflows, as nanoTime may
    private final Set<String> answering = new HashSet<>();
    private final List<String> asked = new ArrayList<>();
    private final List<HostEvent> events = new ArrayList<>();
    private final HostRegistry registry = new HostRegistry(Patience.DEFAULT, () -> now, asked::add, events::add);

    private void begin(String... ids) {
        registry.hearing(true);
        for (String id : ids) {
            registry.heard(Beats.of(id));
            answering.add(id);
        }
        events.clear();
    }

    /** Second by second; those that answer report every 15 s. */
    private void pass(Duration time) {
        for (long second = 1; second <= time.toSeconds(); second++) {
            now += Duration.ofSeconds(1).toNanos();
            if (second % 15 == 0 && registry.isHearing()) {
                answering.forEach(id -> registry.heard(Beats.of(id)));
            }
            registry.check();
            answerAsked();
        }
    }

    private void answerAsked() {
        List<String> all = List.copyOf(asked);
        asked.clear();
        for (String id : all) {
            if (answering.contains(id)) {
                registry.heard(Beats.of(id));
            } else {
                registry.unanswered(id, true);
            }
        }
    }

    private List<String> lost() {
        return events.stream()
                .filter(HostEvent.Lost.class::isInstance)
                .map(e -> ((HostEvent.Lost) e).id())
                .toList();
    }

    private HostCondition condition(String id) {
        return registry.host(id).orElseThrow().view().condition();
    }

    @Test
    void aHostThatFallsSilentTakesNothingMoreAndIsLostAfterThreeHeartbeats() {
        begin("a", "b", "c");
        answering.remove("a");
        pass(Duration.ofSeconds(22));
        assertEquals(HostCondition.READY, condition("a"));
        pass(Duration.ofSeconds(1));
        assertEquals(HostCondition.SILENT, condition("a"));
        assertInstanceOf(HostEvent.Changed.class, events.getLast());
        pass(Duration.ofSeconds(21));
        assertEquals(List.of(), lost());
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("a"), lost());
        assertTrue(registry.host("a").isEmpty());
        assertEquals(2, registry.views().size());
    }

    @Test
    void aHostWhoseHeartbeatsGetLostButWhoAnswersStays() {
        begin("a", "b", "c");
        for (int i = 0; i < 300; i++) {
            now += Duration.ofSeconds(1).toNanos();
            if (i % 15 == 0) {
                registry.heard(Beats.of("b"));
                registry.heard(Beats.of("c"));
            }
            registry.check();
            answerAsked();
        }
        assertEquals(List.of(), lost());
    }

    @Test
    void timeWithoutNatsDoesNotCount() {
        begin("a", "b", "c");
        pass(Duration.ofSeconds(10));
        registry.hearing(false);
        answering.remove("a");
        pass(Duration.ofMinutes(10));
        assertEquals(List.of(), events);
        registry.hearing(true);
        pass(Duration.ofSeconds(44));
        assertEquals(List.of(), lost(), "it has all its time again");
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("a"), lost());
    }

    @Test
    void timeThatTheOperatorWasStoppedDoesNotCount() {
        begin("a", "b", "c");
        pass(Duration.ofSeconds(10));
        now += Duration.ofMinutes(10).toNanos();
        pass(Duration.ofMinutes(2));
        assertEquals(List.of(), events);
    }

    @Test
    void hostsFromBeforeTheOperatorsStartAreWaitedForAsLong() {
        registry.expect("a", "virga-a");
        registry.expect("b", "virga-b");
        registry.expect("c", "virga-c");
        pass(Duration.ofMinutes(5));
        assertEquals(List.of(), events, "without NATS nothing is known");
        answering.addAll(List.of("b", "c"));
        registry.hearing(true);
        pass(Duration.ofSeconds(44));
        assertEquals(List.of(), lost());
        assertEquals(2, registry.views().size());
        pass(Duration.ofSeconds(1));
        assertEquals(new HostEvent.Lost("a", "virga-a", "it has missed 3 heartbeats and does not answer"), events.getLast());
    }

    @Test
    void whenManyVanishAtOnceNoneIsGivenUpUntilOthersAreThere() {
        begin("a", "b", "c", "d", "e");
        answering.removeAll(Set.of("a", "b", "c"));
        pass(Duration.ofMinutes(5));
        assertEquals(List.of(), lost());
        assertTrue(registry.areEvictionsHeld());
        HostEvent.EvictionsHeld held = events.stream()
                .filter(HostEvent.EvictionsHeld.class::isInstance)
                .map(HostEvent.EvictionsHeld.class::cast)
                .findFirst()
                .orElseThrow();
        assertEquals(new HostEvent.EvictionsHeld(3, 5), held);
        assertTrue(held.message().startsWith("3 of 5 hosts are silent at once"), held.message());

        registry.gone("b", "its pod was deleted"); // two of four are no large share
        assertEquals(List.of("b"), lost());
        assertFalse(registry.areEvictionsHeld());
        assertEquals(new HostEvent.EvictionsResumed(), events.getLast());
        pass(Duration.ofSeconds(44));
        assertEquals(List.of("b"), lost(), "they have their time again");
        pass(Duration.ofSeconds(1));
        assertEquals(List.of("b", "a", "c"), lost());
    }

    @Test
    void hostsThatVanishTogetherAreHeldThoughTheirHeartbeatsWereSpread() {
        registry.hearing(true);
        for (int i = 0; i < 15; i++) {
            registry.heard(Beats.of("h" + i));
            pass(Duration.ofSeconds(1));
        }
        pass(Duration.ofMinutes(3));
        assertEquals(List.of(), lost());
        assertTrue(registry.areEvictionsHeld());
        for (int i = 0; i < 15; i++) {
            registry.heard(Beats.of("h" + i));
        }
        assertFalse(registry.areEvictionsHeld());
        registry.check();
        assertEquals(List.of(), lost());
    }

    @Test
    void aHostWhosePodIsDeletedIsLostAtOnce() {
        begin("a", "b");
        registry.gone("a", "its pod was deleted");
        assertEquals(List.of(new HostEvent.Lost("a", "virga-a", "its pod was deleted")), events);
        registry.gone("nobody", "");
        assertEquals(1, events.size());
    }

    @Test
    void aHostThatIsStartedAgainTakesThePlaceOfTheOneBefore() {
        begin();
        registry.heard(Beats.of("a", "10.0.0.1", "2026-01-01T00:00:00Z", Map.of()));
        registry.heard(Beats.of("b", "10.0.0.1", "2026-01-01T00:00:00.5Z", Map.of()));
        assertEquals(List.of("a"), asked);
        answerAsked();
        assertEquals(List.of("a"), lost());
        assertEquals(1, registry.hosts().size());
    }

    @Test
    void twoHostsThatSayTheyAreAtOneAddressBothStayWhileTheyAnswer() {
        begin("a", "b");
        answering.add("a2");
        HostHeartbeat a = Beats.of("a");
        registry.heard(Beats.of("a2", a.hostname(), "2026-01-01T00:00:01Z", Map.of()));
        answerAsked();
        assertEquals(List.of(), lost());
    }

    @Test
    void hostsAreCordonedAndDrainedByOthersAndByThemselves() {
        begin("a");
        registry.mark("a", HostCondition.CORDONED);
        assertEquals(HostCondition.CORDONED, condition("a"));
        registry.mark("a", HostCondition.CORDONED);
        assertEquals(1, events.size(), "nothing has changed");
        registry.mark("a", HostCondition.DRAINING);
        assertEquals(HostCondition.DRAINING, condition("a"));
        registry.heard(Beats.of("a"));
        assertEquals(HostCondition.DRAINING, condition("a"));
        registry.mark("a", HostCondition.READY);
        assertEquals(HostCondition.READY, condition("a"));
        String hostname = Beats.of("a").hostname();
        registry.heard(Beats.of("a", hostname, "2026-01-01T00:00:00Z", Map.of("virga.dev/draining", "true")));
        assertEquals(HostCondition.DRAINING, condition("a"));
        assertInstanceOf(HostEvent.Changed.class, events.getLast());
    }

    @Test
    void whatIsMeasuredIsNoChange() {
        begin("a");
        HostHeartbeat a = Beats.of("a");
        registry.heard(new HostHeartbeat(
                a.id(), a.hostname(), a.friendlyName(), a.version(), a.labels(), a.startedAt(), a.osArch(), a.osName(),
                a.osKernel(), 99, a.systemMemoryTotal(), 1, 7, 7, a.imports(), a.exports(), 8080, a.environment()));
        assertEquals(List.of(), events);
        assertEquals(8 * Beats.GIB - 1, registry.views().getFirst().used().memory());
    }

    @Test
    void patienceThatMakesNoSenseIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThrows(IllegalArgumentException.class, () -> new Patience(Duration.ZERO, 3, second, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Patience(second, 1, second, 0.5));
        assertThrows(IllegalArgumentException.class, () -> new Patience(second, 3, second, Double.NaN));
    }
}
