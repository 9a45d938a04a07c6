package dev.virga.telemetry;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of calls over links, in one direction. */
public final class LinkTelemetry {

    private final LongAdder good = new LongAdder();
    private final Map<String, LongAdder> failed = new ConcurrentHashMap<>(1);

    /** A call has its answer. */
    public void answered() {
        good.increment();
    }

    /** @param kind few different ones, for example {@code deadline} */
    public void failed(String kind) {
        failed.computeIfAbsent(kind, k -> new LongAdder()).increment();
    }

    /** By outcome, without those that never came. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        failed.forEach((kind, n) -> counts.put(kind, n.sum()));
        if (good.sum() > 0) {
            counts.put("ok", good.sum());
        }
        return counts;
    }
}
