package dev.virga.cli.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterTest {

    private static final ScriptFile SCRIPT =
            new ScriptFile(Path.of("/suites/core/i32/i32.json"), "core", false);

    @ParameterizedTest
    @CsvSource({
        "'', true", "core, true", "core/i32.wast, true", "i32/i32.json, true", "/suites/core/i32/, true",
        "i3?, true", "c*2.wast, true", "core/*, true", "*, true", "core/i32.wast:12, true", "core/f32, false",
        "i32.wasm, false", "i.2, false", "(, false", "I32, false"
    })
    void itIsAPartOfThePathWithWildcards(String pattern, boolean chosen) {
        assertEquals(chosen, Filter.parse(pattern).chooses(SCRIPT));
    }

    @Test
    void aNumberBehindAColonIsALine() {
        assertEquals(OptionalInt.of(12), Filter.parse("core/i32.wast:12").line());
        assertEquals(OptionalInt.empty(), Filter.parse("c:/core").line());
        assertEquals(OptionalInt.empty(), Filter.parse("i32:").line());
    }
}
