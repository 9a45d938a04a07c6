package dev.virga.component.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "a:b/c@0.2.0, a:b/c@0.2.12, true",
        "a:b/c@0.2.12, a:b/c@0.2.0, true",
        "a:b/c@0.2.0+build, a:b/c@0.2.5, true",
        "a:b/c@0.2, a:b/c@0.2.7, true",
        "a:b/c@0.2.0, a:b/c@0.3.0, false",
        "a:b/c@0.0.1, a:b/c@0.0.2, false",
        "a:b/c@0.0.1, a:b/c@0.0.1+x, true",
        "a:b/c@1.0.0, a:b/c@1.9.3, true",
        "a:b/c@1, a:b/c@1.9.3, true",
        "a:b/c@1.0.0, a:b/c@2.0.0, false",
        "a:b/c@1.0.0-rc.1, a:b/c@1.0.0-rc.1, true",
        "a:b/c@1.0.0-rc.1, a:b/c@1.0.0-rc.2, false",
        "a:b/c@1.0.0-rc.1, a:b/c@1.0.0, false",
        "a:b/c@0.2.0, a:b/d@0.2.0, false",
        "a:b/c, a:b/c@0.2.0, false",
        "a:b/c@0.2.0, a:b/c, false",
        "plain, plain, true",
    })
    void versionsThatCanStandForEachOther(String wanted, String offered, boolean found) {
        assertEquals(found, Names.find(Map.of(offered, 1), wanted).isPresent());
    }

    @Test
    void theExactVersionGoesBeforeTheHighest() {
        Map<String, String> offers = new LinkedHashMap<>();
        offers.put("a:b/c@0.2.10", "ten");
        offers.put("a:b/c@0.2.9", "nine");
        offers.put("a:b/c@0.3.0", "another");
        assertEquals(Optional.of("nine"), Names.find(offers, "a:b/c@0.2.9"));
        assertEquals(Optional.of("ten"), Names.find(offers, "a:b/c@0.2.0"));
    }

    @Test
    void anotherVersionIsNearerThanASimilarName() {
        List<String> names = List.of("a:b/d@0.2.0", "a:b/c@0.3.0");
        assertEquals(Optional.of("a:b/c@0.3.0"), Names.nearest(names, "a:b/c@0.2.0"));
        assertEquals(Optional.of("a:b/d@0.2.0"), Names.nearest(names, "a:b/f@0.2.0"));
        assertEquals(Optional.empty(), Names.nearest(names, "wasi:io/poll@0.2.0"));
    }
}
