package dev.virga.wasi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.wasi.http.UriSyntax.Authority;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriSyntaxTest {

    @ParameterizedTest
    @CsvSource({
        "/, true", "/a?b=c%20[], true", "?q, true", "*, true", "//host/x, false", "/a b, false", "/%zz, false",
        "/#x, false", "a, false", "'', false"
    })
    void pathsAreChecked(String text, boolean valid) {
        assertEquals(valid, UriSyntax.pathWithQuery(text));
    }

    @ParameterizedTest
    @CsvSource({
        "h, true", "h:80, true", "[::1]:80, true", "127.0.0.1, true", "my_service, true", "h:, false", "h:x, false",
        "h:65536, false", "user@h, false", "'', false", "[x], false", "a/b, false"
    })
    void authoritiesAreChecked(String text, boolean valid) {
        assertEquals(valid, Authority.of(text).isPresent());
    }
}
