package dev.virga.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What samples of a workload's calls say of the next one. */
class AccountTest {

    private final Account account = new Account();

    private void samples(int count, boolean longCall) {
        for (int i = 0; i < count; i++) {
            account.sampled(longCall);
        }
    }

    @Test
    void callsAreTakenToBeShort() {
        assertFalse(account.callsAreLong());
    }

    @Test
    void oneLongCallAmongManyShortOnesChangesNothing() {
        samples(100, false);
        samples(5, true);
        assertFalse(account.callsAreLong());
    }

    @Test
    void longCallsAreExpectedOnceMostTimeGoesToThem() {
        for (int i = 0; i < 100; i++) {
            account.sampled(false); // the first sample of a call of three ticks
            samples(2, true);
        }
        assertTrue(account.callsAreLong());
    }

    @Test
    void aWorkloadWhoseCallsAreShortAgainIsForgiven() {
        samples(1_000, true);
        samples(20, false);
        assertFalse(account.callsAreLong());
    }
}
