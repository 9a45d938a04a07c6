package dev.virga.examples.counter;

import dev.virga.component.Result;
import dev.virga.plugin.Grant;
import dev.virga.plugin.InstanceContext;
import java.util.Optional;

/** {@code example:counter/counter} for one instance: a method for each function, found by its name. */
final class Counter {

    private final Grant grant;
    private final InstanceContext instance;
    private final Numbers numbers;

    Counter(Grant grant, InstanceContext instance, Numbers numbers) {
        this.grant = grant;
        this.instance = instance;
        this.numbers = numbers;
    }

    public Result<Long, String> increment(String name) {
        instance.used(grant, "increment");
        Optional<Long> next = numbers.increment(name);
        if (next.isPresent()) {
            return Result.ok(next.get());
        }
        instance.refused(grant, "one more counter", "raise \"most\" in the entry's config, or use a shorter name");
        return Result.err("the workload has as many counters as it may, or the name is too long");
    }
}
