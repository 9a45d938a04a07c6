package dev.virga.operator.hosts;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Events as they come. */
final class Heard implements Consumer<HostEvent> {

    private final BlockingQueue<HostEvent> events = new LinkedBlockingQueue<>();

    @Override
    public void accept(HostEvent event) {
        events.add(event);
    }

    /** The next one of a kind; others before it are forgotten. */
    <E extends HostEvent> E await(Class<E> kind) throws InterruptedException {
        while (true) {
            HostEvent next = events.poll(30, TimeUnit.SECONDS);
            assertTrue(next != null, () -> "nothing happens: " + kind);
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
        }
    }

    /** All that have come and were not asked for. */
    List<HostEvent> left() {
        List<HostEvent> left = new ArrayList<>();
        events.drainTo(left);
        return left;
    }
}
