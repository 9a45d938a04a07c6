package dev.virga.engine.nativecode;

import dev.virga.engine.FuncType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Numbers for function types, so that generated code compares types by one comparison; equal in the whole process. */
final class TypeIds {

    private static final Map<FuncType, Integer> IDS = new ConcurrentHashMap<>();
    private static final AtomicInteger LAST = new AtomicInteger();

    private TypeIds() {}

    static int of(FuncType type) {
        return IDS.computeIfAbsent(type, unknown -> LAST.incrementAndGet());
    }
}
