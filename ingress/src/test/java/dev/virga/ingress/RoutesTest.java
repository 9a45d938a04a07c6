package dev.virga.ingress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which route a host and a path lead to, and which routes there can be. */
class RoutesTest {

    private static final Admission ADMISSION = new Admission(RouteLimits.DEFAULT);

    private static Target target(String name) {
        return new Target(name, _ -> {});
    }

    private static Route route(String host, String path) {
        return new Route(host, path, List.of(new WeightedTarget(target("t"), 1)), ADMISSION);
    }

    private static Routes routes(String... hostsAndPaths) {
        return new Routes(Stream.of(hostsAndPaths)
                .map(text -> route(text.substring(0, text.indexOf('/')), text.substring(text.indexOf('/'))))
                .toList());
    }

    @ParameterizedTest
    @CsvSource({
        "example.com, /, example.com/",
        "EXAMPLE.com:8443, /, example.com/",
        "example.com., /, example.com/",
        "example.com.:80, /x, example.com/",
        "a.example.com, /, *.example.com/",
        "b.a.example.com, /, *.a.example.com/",
        "c.b.a.example.com:1, /, *.a.example.com/",
        "notexample.com, /, */",
        "[::1]:8080, /, [::1]/",
        "[::2]:8080, /, */",
        "example.com.evil.org, /, */",
        "'*', /, */",
        ", /, */",
    })
    void theNearestHostWins(String authority, String path, String expected) {
        Routes routes = routes("example.com/", "*.example.com/", "*.a.example.com/", "[::1]/", "*/");
        assertEquals(expected, routes.of(Optional.ofNullable(authority)).find(path).orElseThrow().route().toString());
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/ap, /",
        "/apix, /",
        "/api, /api",
        "/api/, /api",
        "/api/v1, /api/v1",
        "/api/v1/x, /api/v1",
        "/api/v10, /api",
        "/API, /",
        "/.well-known/acme, /.well-known",
        "/api/v1//, /api/v1",
        "//, /",
    })
    void theLongestPathWinsBySegments(String path, String expected) {
        Routes routes = routes("h/", "h/api", "h/api/v1/", "h/.well-known");
        assertEquals(expected, routes.of(Optional.of("h")).find(path).orElseThrow().route().path());
    }

    @Test
    void aHostWithRoutesTakesNoneOfAnothers() {
        Routes routes = routes("h/api", "*/");
        assertTrue(routes.of(Optional.of("h")).find("/other").isEmpty());
    }

    @Test
    void aNameThatIsNoneInDnsIsNotTakenApart() {
        Routes routes = routes("*.com/", "*/");
        assertEquals("*/", routes.of(Optional.of("a.".repeat(10_000) + "com")).find("/").orElseThrow().route().toString());
    }

    @Test
    void twoRoutesForTheSameAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> routes("h/api", "H./api/")).getMessage();
        assertTrue(message.startsWith("two routes for h/api"), message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*.", "a..b", "*a.b", "a.*.b", "a b", "http://a", "a/", "-a", "a%62", "[x]"})
    void aHostThatIsNoneIsRefused(String host) {
        assertThrows(IllegalArgumentException.class, () -> route(host, "/"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "api", "//", "//api", "/a//b", "/../a", "/a/./b", "/a%2fb", "/a;b", "/a?b", "/a#b", "/a\\b", "/é"})
    void aPathThatCouldBeReadInTwoWaysIsRefused(String path) {
        assertThrows(IllegalArgumentException.class, () -> route("h", path));
    }

    @Test
    void aRouteHasATarget() {
        assertThrows(IllegalArgumentException.class, () -> new Route("h", "/", List.of(), ADMISSION));
    }

    @ParameterizedTest
    @CsvSource({"1 1, abab", "3 1, aaba", "1 0, aaaa", "300 100, aaba", "2 1 1, abcaabca"})
    void eachTargetGetsItsShareSpreadEvenly(String weights, String expected) {
        String names = "abc";
        int[] numbers = Arrays.stream(weights.split(" ")).mapToInt(Integer::parseInt).toArray();
        List<WeightedTarget> targets = new java.util.ArrayList<>();
        for (int i = 0; i < numbers.length; i++) {
            targets.add(new WeightedTarget(target(names.substring(i, i + 1)), numbers[i]));
        }
        Rotation rotation = new Rotation(targets);
        StringBuilder order = new StringBuilder();
        for (int i = 0; i < expected.length(); i++) {
            order.append(rotation.enter().orElseThrow().name());
        }
        assertEquals(count(expected), count(order.toString()));
        if (numbers.length == 2) {
            assertEquals(expected, order.toString());
        }
    }

    private static Map<Character, Integer> count(String text) {
        Map<Character, Integer> counts = new HashMap<>();
        text.chars().forEach(c -> counts.merge((char) c, 1, Integer::sum));
        return counts;
    }

    @Test
    void weightsThatNeedTooLongATableAreRefused() {
        List<WeightedTarget> many = Stream.generate(() -> new WeightedTarget(target("t"), 997)).limit(20).toList();
        new Rotation(many); // all the same is 1:1:…
        List<WeightedTarget> fine = Stream.concat(many.stream(), Stream.of(new WeightedTarget(target("u"), 1))).toList();
        assertThrows(IllegalArgumentException.class, () -> new Rotation(fine));
        assertThrows(IllegalArgumentException.class, () -> new WeightedTarget(target("t"), -1));
        assertThrows(IllegalArgumentException.class, () -> new WeightedTarget(target("t"), 1001));
    }

    @ParameterizedTest
    @CsvSource({
        "/a, /a",
        "/a/.b/..c/d., /a/.b/..c/d.",
        "/%61dmin, /admin",
        "/a%2fb, /a/b",
        "/a%5Cb, /a/b",
        "/a//b, /a/b",
        "/a;x=1/b;y, /a/b",
        "/a%252fb, /a%2fb",
        "/a%C3%A9, /a\u00c3\u00a9",
    })
    void aPathIsReadAsWhoDecodesMostReadsIt(String path, String expected) {
        assertEquals(Optional.of(expected), PathReading.of(path));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", "*", "a", "//a", "/.", "/..", "/a/..", "/a/../b", "/a/./b", "/%2e%2e/a", "/.%2E/a", "/a/..;x/b", "/a/%2e;/b",
        "/a%2f..%2fb", "/a\\..\\b", "/a%00", "/a%0d%0ab", "/a%7f", "/%", "/%2", "/%zz", "/%+1", "/a\tb", "/caf\u00e9",
    })
    void dotsAsSegmentsBrokenEscapesAndControlCharactersAreRefused(String path) {
        assertEquals(Optional.empty(), PathReading.of(path));
    }
}
