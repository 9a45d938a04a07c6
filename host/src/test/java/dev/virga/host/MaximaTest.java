package dev.virga.host;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.host.manifest.CpuLimits;
import dev.virga.host.manifest.Limits;
import dev.virga.host.shape.Overrides;
import dev.virga.host.shape.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Manifests may set limits, but none beyond what the host's operator allows. */
class MaximaTest {

    private static final Overrides<Limits> MOST = new Overrides<>(
            Limits.class,
            Map.of(
                    "memory", Size.parse("512Mi"),
                    "instances", 200,
                    "cpu", new Overrides<>(CpuLimits.class, Map.of("deadline", Duration.ofSeconds(20)))));

    private static final HostPolicy POLICY = new HostPolicy(
            "test", Map.of(), Optional.empty(), false, List.of(), List.of(), Limits.DEFAULT, MOST);

    private static Limits limits(Map<String, Object> set) {
        return new Overrides<>(Limits.class, set).over(Limits.DEFAULT);
    }

    @Test
    void whatIsWithinIsAllowed() {
        assertDoesNotThrow(() -> POLICY.checkMost(Limits.DEFAULT));
        assertDoesNotThrow(() -> POLICY.checkMost(limits(Map.of("memory", Size.parse("512Mi"), "instances", 200))));
    }

    @Test
    void whatIsBeyondIsNamedWithWhatIsAllowed() {
        Limits wanted = limits(Map.of(
                "memory", Size.parse("1Gi"),
                "cpu", new Overrides<>(CpuLimits.class, Map.of("deadline", Duration.ofMinutes(1)))));
        assertEquals(
                "limits beyond what this host allows: memory 1Gi (at most 512Mi), cpu.deadline 1m (at most 20s)",
                assertThrows(HostException.Refused.class, () -> POLICY.checkMost(wanted)).getMessage());
    }
}
