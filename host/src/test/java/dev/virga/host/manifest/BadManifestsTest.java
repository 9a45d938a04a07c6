package dev.virga.host.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadManifestsTest {

    static List<BadCase> cases() {
        return BadCase.all();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedWithPlaceFieldAndRemedy(BadCase bad) {
        ManifestException wrong =
                assertThrows(ManifestException.class, () -> ManifestParser.parse(bad.file(), bad.text()));
        assertEquals(bad.expected(), List.of(wrong.getMessage().split("\n")));
    }
}
