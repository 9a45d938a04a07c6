package dev.virga.benchmark.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void quantilesAreThoseOfTheOrderedSamples() {
        List<Double> samples = List.of(4.0, 1.0, 3.0, 2.0);
        assertEquals(1, Statistics.quantile(samples, 0));
        assertEquals(2.5, Statistics.quantile(samples, 0.5));
        assertEquals(4, Statistics.quantile(samples, 1));
        assertEquals(3.85, Statistics.quantile(samples, 0.95), 1e-9);
    }

    /** Of all C(n+m, n) orders two are as far apart as can be. */
    @Test
    void samplesThatAreApartHaveTheSmallestPThatTheirNumberAllows() {
        assertEquals(2.0 / 20, Statistics.rankSumP(List.of(1.0, 2.0, 3.0), List.of(4.0, 5.0, 6.0)), 1e-9);
        assertEquals(
                2.0 / 252, Statistics.rankSumP(List.of(9.0, 8.0, 7.0, 6.0, 10.0), List.of(1.0, 2.0, 3.0, 4.0, 5.0)), 1e-9);
        assertEquals(1, Statistics.rankSumP(List.of(1.0), List.of(2.0)), 1e-9);
    }

    /** From the tables of the test: n = 5, m = 5, U = 4 is p = 0.0952 two-sided. */
    @Test
    void samplesBetweenEachOtherHaveThePOfTheTables() {
        List<Double> a = List.of(1.0, 2.0, 3.0, 5.0, 8.0); // beaten in 4 of 25 pairs
        List<Double> b = List.of(4.0, 6.0, 7.0, 9.0, 10.0);
        assertEquals(0.0952, Statistics.rankSumP(a, b), 1e-4);
        assertEquals(Statistics.rankSumP(b, a), Statistics.rankSumP(a, b), 1e-12);
    }

    @Test
    void manySamplesAreTestedByTheNormalDistribution() {
        List<Double> a = new ArrayList<>();
        List<Double> b = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            a.add((double) i);
            b.add(i + 0.5);
        }
        assertTrue(Statistics.rankSumP(a, b) > 0.7);
        assertTrue(Statistics.rankSumP(a, b.stream().map(x -> x + 20).toList()) < 1e-4);
    }
}
