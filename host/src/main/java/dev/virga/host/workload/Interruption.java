package dev.virga.host.workload;

import java.util.Optional;
import java.util.function.Consumer;

/** Stops a call that may not have begun yet. */
final class Interruption {

    private Optional<Consumer<String>> stop = Optional.empty();
    private Optional<String> reason = Optional.empty();

    /** How the call is stopped; at once if it should have been already. */
    void stops(Consumer<String> how) {
        Optional<String> late;
        synchronized (this) {
            stop = Optional.of(how);
            late = reason;
        }
        late.ifPresent(how);
    }

    void because(String why) {
        Optional<Consumer<String>> how;
        synchronized (this) {
            reason = Optional.of(why);
            how = stop;
        }
        how.ifPresent(s -> s.accept(why));
    }
}
