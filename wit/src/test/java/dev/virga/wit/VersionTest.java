package dev.virga.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VersionTest {

    @Test
    void precedenceIsThatOfSemver() {
        List<String> ascending = List.of("0.9.9", "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta",
                "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0", "1.0.1", "1.2.0", "1.10.0", "2.0.0");
        List<Version> versions = ascending.stream().map(v -> Version.parse(v).orElseThrow()).toList();
        assertEquals(versions, versions.reversed().stream().sorted().toList());
    }

    @Test
    void textsThatAreNoVersionGiveNone() {
        for (String text : List.of("", "1", "1.2", "01.2.3", "1.2.3-", "1.2.3-01", "1.2.3+", "1.2.3 ", "v1.2.3",
                "99999999999999999999.0.0", "1.2.3-" + "a".repeat(300))) {
            assertEquals(Optional.empty(), Version.parse(text), text);
        }
    }

    @Test
    void interfaceNamesAreReadAndWritten() {
        for (String name : List.of("wasi:io/poll@0.2.12", "a:b/c", "a1-2:b/C-d@1.0.0-rc.1+x")) {
            assertEquals(name, Id.parse(name).orElseThrow().toString());
        }
        for (String name : List.of("", "poll", "wasi:io", "wasi:io/", "wasi:io/poll@", "A:b/c", "a:b/c/d", "a:b:c/d")) {
            assertTrue(Id.parse(name).isEmpty(), name);
        }
    }
}
