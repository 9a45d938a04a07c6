package dev.virga.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    private static Settings settings(String value) {
        return Settings.NONE.with("s", value);
    }

    private static Optional<Duration> time(String value) {
        return settings(value).duration("s", Duration.ofMillis(1), Duration.ofMinutes(90));
    }

    private static Optional<Long> size(String value) {
        return settings(value).bytes("s", 1000, 3L << 40);
    }

    private static Optional<Integer> number(String value) {
        return settings(value).number("s", -1, 4);
    }

    private static void assertRefused(String text, Executable read) {
        assertEquals(
                "the setting \"s\" must be " + text,
                assertThrows(PluginException.Refused.class, read).getMessage());
    }

    @Test
    void whatIsNotSetIsEmpty() {
        assertEquals(Optional.empty(), Settings.NONE.number("s", 1, 2));
        assertEquals(Optional.empty(), Settings.NONE.bytes("s", 1, 2));
        assertEquals(Optional.empty(), Settings.NONE.duration("s", Duration.ZERO, Duration.ZERO));
    }

    @ParameterizedTest
    @CsvSource({"1ms,1", "1s,1000", "2 m,120000", "1H,3600000", "PT1M,60000", "90m,5400000"})
    void timesHaveUnits(String value, long millis) {
        assertEquals(Duration.ofMillis(millis), time(value).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "1000,1000", "1000b,1000", "1k,1000", "1Ki,1024", "2M,2000000", "1mi,1048576", "1G,1000000000",
        "1GI,1073741824", "1T,1000000000000", "3Ti,3298534883328"
    })
    void sizesHaveUnits(String value, long bytes) {
        assertEquals(bytes, size(value).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"-1,-1", "4,4", "007,7"})
    void numbersHaveNone(String value, int number) {
        assertEquals(number, settings(value).number("s", -1, 7).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({"0ms", "PT0S", "PT-5S", "91m", "99999999h", "999999999999999h"})
    void aTimeOutOfBoundsIsRefused(String value) {
        assertRefused("from 1ms to 90m, but is " + value, () -> time(value));
    }

    @ParameterizedTest
    @CsvSource({"0", "999", "4Ti", "999999999999999Ti"})
    void aSizeOutOfBoundsIsRefused(String value) {
        assertRefused("from 1k to 3Ti, but is " + value, () -> size(value));
    }

    @ParameterizedTest
    @CsvSource({"-2", "5", "99999999999"})
    void aNumberOutOfBoundsIsRefused(String value) {
        assertRefused("from -1 to 4, but is " + value, () -> number(value));
    }

    /** None of these is in the text: they may be secrets in the wrong place. */
    @ParameterizedTest
    @CsvSource({"-5s", "s", "5", "5d", "1.5s", "PT", "P1", "9999999999999999s", "hunter2", "''"})
    void whatIsNoTimeIsRefused(String value) {
        assertRefused("a time such as 500ms or 30s, from 1ms to 90m", () -> time(value));
    }

    @ParameterizedTest
    @CsvSource({"-1", "Ki", "1x", "1.5M", "1Kib", "9999999999999999", "hunter2", "''"})
    void whatIsNoSizeIsRefused(String value) {
        assertRefused("a size such as 64Ki or 10M, from 1k to 3Ti", () -> size(value));
    }

    @ParameterizedTest
    @CsvSource({"1k", "1.0", "+1", "0x1", "9999999999999999999", "hunter2", "''"})
    void whatIsNoNumberIsRefused(String value) {
        assertRefused("a whole number, from -1 to 4", () -> number(value));
    }
}
