package dev.virga.wasi.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.wasi.HttpGrant;
import dev.virga.wasi.WasiException;
import dev.virga.wasi.http.UriSyntax.Authority;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com, 93.184.216.34, 443, true",
        "example.com, EXAMPLE.com, 93.184.216.34, 80, true",
        "example.com, example.com, 10.0.0.1, 443, false",
        "example.com, example.com, 169.254.169.254, 80, false",
        "example.com, example.com, fd00:ec2::254, 80, false",
        "example.com, evil.com, 93.184.216.34, 443, false",
        "example.com:443, example.com, 93.184.216.34, 80, false",
        "*.example.com, a.example.com, 93.184.216.34, 80, true",
        "*.example.com, example.com, 93.184.216.34, 80, false",
        "*.example.com, evilexample.com, 93.184.216.34, 80, false",
        "*, anything.org, 93.184.216.34, 80, true",
        "*, localhost, 127.0.0.1, 80, false",
        "*, anything.org, 192.168.1.1, 80, false",
        "*, anything.org, 64:ff9b::a00:1, 80, false",
        "*, anything.org, 2002:a00:1::, 80, false",
        "localhost, localhost, 127.0.0.1, 80, true",
        "localhost, localhost, 10.0.0.1, 80, false",
        "10.0.0.0/8, db.internal, 10.1.2.3, 80, true",
        "10.0.0.0/8:5432, db.internal, 10.1.2.3, 80, false",
        "10.0.0.0/8, db.internal, 11.1.2.3, 80, false",
        "[::1]:80, anything.org, ::1, 80, true",
        "127.0.0.1, anything.org, 127.0.0.1, 80, true",
    })
    void aGrantReachesWhatItSays(String grant, String host, String address, int port, boolean reached) {
        HttpPolicy policy = new HttpPolicy(List.of(HttpGrant.parse(grant)));
        Authority target = Authority.of(host).orElseThrow();
        InetAddress resolved = InetAddress.ofLiteral(address);
        assertEquals(reached, policy.mayAsk(target, port) && policy.mayConnect(target, resolved, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "http://x", "a b", "x:99999", "*x.com", "10.0.0.0/33", "[::1", "300.1.1.1"})
    void aPatternThatIsNoneIsRefused(String text) {
        assertThrows(WasiException.BadGrant.class, () -> HttpGrant.parse(text));
    }

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
