package dev.virga.plugin.messaging;

import java.time.Duration;
import java.util.Optional;

/** Takes the messages of a subscription. */
@FunctionalInterface
public interface Receiver {

    /**
     * Called on a virtual thread of the delivery's own; returns when the workload is done with it.
     *
     * @param attempt counted from 1
     * @return how long to wait before it is delivered again; empty if it is done with
     * @throws InterruptedException if the subscription ends
     */
    Optional<Duration> receive(Message message, long attempt) throws InterruptedException;

    /** For backends that do not deliver again by themselves. */
    default void receiveUntilDone(Message message) throws InterruptedException {
        Optional<Duration> again = receive(message, 1);
        for (long attempt = 2; again.isPresent(); attempt++) {
            Thread.sleep(again.get());
            again = receive(message, attempt);
        }
    }
}
