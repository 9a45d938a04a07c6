package dev.virga.hostapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.host.HostException;
import dev.virga.host.HostPolicy;
import dev.virga.host.manifest.Limits;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostIdentityTest {

    private static HostIdentity ofThisStart(Map<String, String> labels) {
        HostPolicy policy = new HostPolicy(
                "kept", labels, Optional.of("shop"), false, List.of(), List.of(), Limits.DEFAULT);
        return HostIdentity.ofThisStart(policy, Optional.of("10.0.0.1"), "1");
    }

    @Test
    void eachStartHasAnIdOfItsOwn() {
        HostIdentity first = ofThisStart(Map.of());
        assertNotEquals(first.id(), ofThisStart(Map.of()).id());
        assertEquals("virga-" + first.id(), first.name());
        assertEquals(Optional.of("shop"), first.environment());
    }

    @Test
    void theHostGroupIsALabel() {
        assertEquals(Map.of("hostgroup", "default", "zone", "a"), ofThisStart(Map.of("zone", "a")).labels());
        assertEquals(Map.of("hostgroup", "edge"), ofThisStart(Map.of("hostgroup", "edge")).labels());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "*", "a>", "\u00e4"})
    void anIdThatIsNoPartOfASubjectIsRefused(String id) {
        assertThrows(
                HostException.Refused.class,
                () -> new HostIdentity(id, "name", "h", "1", Map.of(), Optional.empty()));
    }
}
