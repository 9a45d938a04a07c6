package dev.virga.plugin.postgres;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How much one connection may receive: the driver takes any length that the server tells, and collects notices
 * without end. It makes its sockets by the name of a class, which finds its guard here.
 */
final class Guard implements AutoCloseable {

    /** For greetings, and for answers to the host's own statements. */
    private static final int BETWEEN_CALLS = 1 << 20;

    /** More than any row of nothing takes, so that a result of the greatest size passes. */
    private static final int SLACK = 16 << 10;

    private static final Map<String, Guard> OPEN = new ConcurrentHashMap<>();

    final String id = UUID.randomUUID().toString();
    private long left = BETWEEN_CALLS;
    private long most = BETWEEN_CALLS;
    private Optional<Charge> charge = Optional.empty();

    Guard() {
        OPEN.put(id, this);
    }

    static Guard of(String id) {
        return Optional.ofNullable(OPEN.get(id)).orElseThrow(() -> new IllegalStateException("the connection is closed"));
    }

    /** @param bytes that the call's answers may have */
    synchronized void begin(Charge toCharge, int bytes) {
        most = bytes;
        left = (long) bytes + SLACK;
        charge = Optional.of(toCharge);
    }

    synchronized void end() {
        most = BETWEEN_CALLS;
        left = BETWEEN_CALLS;
        charge = Optional.empty();
    }

    /** Whether a message of so many bytes may come. */
    synchronized void message(long bytes) throws GuardedInput.Exceeded {
        if (bytes > left) {
            throw exceeded();
        }
    }

    synchronized void received(int bytes) throws GuardedInput.Exceeded {
        left -= bytes;
        if (left < 0) {
            throw exceeded();
        }
        try {
            charge.ifPresent(c -> c.add(bytes));
        } catch (QueryFailure.TooMuch e) {
            throw new GuardedInput.Exceeded(e.getMessage());
        }
    }

    private GuardedInput.Exceeded exceeded() {
        return new GuardedInput.Exceeded("the answer is longer than " + most + " bytes; ask for less at a time");
    }

    @Override
    public void close() {
        OPEN.remove(id);
    }
}
