package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.operator.RollingUpdate.Part;
import dev.virga.operator.RollingUpdate.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RollingUpdateTest {

    @Test
    void aSurgeOfOneReplacesOneAfterTheOther() {
        assertEquals(new Step(1, List.of(3)), RollingUpdate.next(3, 1, 0, new Part(0, 0), List.of(new Part(3, 3))));
        assertEquals(new Step(1, List.of(3)), RollingUpdate.next(3, 1, 0, new Part(1, 0), List.of(new Part(3, 3))));
        assertEquals(new Step(1, List.of(2)), RollingUpdate.next(3, 1, 0, new Part(1, 1), List.of(new Part(3, 3))));
        assertEquals(new Step(2, List.of(2)), RollingUpdate.next(3, 1, 0, new Part(1, 1), List.of(new Part(2, 2))));
    }

    @Test
    void oneMayBeMissingBeforeAnyIsNew() {
        assertEquals(new Step(0, List.of(2)), RollingUpdate.next(3, 0, 1, new Part(0, 0), List.of(new Part(3, 3))));
        assertEquals(new Step(1, List.of(2)), RollingUpdate.next(3, 0, 1, new Part(0, 0), List.of(new Part(2, 2))));
    }

    @Test
    void oldOnesThatServeNobodyMakeRoom() {
        assertEquals(
                new Step(1, List.of(0, 1)),
                RollingUpdate.next(3, 1, 1, new Part(1, 1), List.of(new Part(1, 0), new Part(2, 2))));
    }

    @Test
    void countsThatAreOlderThanTheSizeDoNotCount() {
        assertEquals(new Step(2, List.of(2)), RollingUpdate.next(3, 1, 0, new Part(1, 1), List.of(new Part(2, 3))));
    }

    @Test
    void anyRolloutEndsWithNeverTooManyAndNeverTooFew() {
        Random random = new Random(7);
        for (int run = 0; run < 2000; run++) {
            int wanted = random.nextInt(12);
            int surge = random.nextInt(4);
            int unavailable = surge == 0 ? 1 + random.nextInt(3) : random.nextInt(4);
            Part fresh = new Part(0, 0);
            List<Part> old = new ArrayList<>(List.of(new Part(wanted, wanted)));
            if (random.nextBoolean()) {
                old.addFirst(new Part(random.nextInt(3), 0)); // of a rollout that was overtaken
            }
            int startSize = old.stream().mapToInt(Part::size).sum();
            int steps = 0;
            while (fresh.ready() < wanted || old.stream().anyMatch(p -> p.size() > 0)) {
                Step step = RollingUpdate.next(wanted, surge, unavailable, fresh, old);
                int before = old.stream().mapToInt(Part::size).sum() + fresh.size();
                int after = step.fresh() + step.old().stream().mapToInt(n -> n).sum();
                assertTrue(after <= Math.max(before, wanted + surge), "too many");
                List<Part> next = new ArrayList<>();
                for (int i = 0; i < old.size(); i++) {
                    next.add(new Part(step.old().get(i), old.get(i).ready()));
                }
                old = next;
                int ready = old.stream().mapToInt(Part::ready).sum() + Math.min(fresh.ready(), step.fresh());
                assertTrue(ready >= wanted - unavailable, "too few");
                // Some of the new ones become ready, at least one.
                int more = fresh.ready() + 1 + random.nextInt(3);
                fresh = new Part(step.fresh(), more);
                assertTrue(++steps < 20 + 3 * startSize + 3 * wanted, "it does not end");
            }
        }
    }
}
