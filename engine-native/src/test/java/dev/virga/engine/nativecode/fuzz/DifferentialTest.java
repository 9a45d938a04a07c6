package dev.virga.engine.nativecode.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.engine.Engine;
import dev.virga.engine.nativecode.NativeEngine;
import dev.virga.engine.nativecode.NeedsNativeEngine;
import dev.virga.engine.portable.PortableEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Both engines do the same with generated modules. {@code -Dvirga.fuzz.modules=N} asks for more of
 * them, {@code -Dvirga.fuzz.seed=N} for others: each module comes from its own seed, which are
 * numbered on from the first.
 */
@ExtendWith(NeedsNativeEngine.class)
class DifferentialTest {

    private static final int MODULES = Integer.getInteger("virga.fuzz.modules", 60);
    private static final long FIRST = Long.getLong("virga.fuzz.seed", 1);
    private static final Path TARGET = Path.of("target");
    private static final int ENOUGH = 10;

    /** What a guest must not come to: where it does is the engine's choice, or the engine is broken. */
    private static final List<String> NEVER =
            List.of("STACK_OVERFLOW", "OUT_OF_MEMORY", "INTERRUPTED", "ModuleException", "threw java");

    private final AtomicLong next = new AtomicLong(FIRST);
    private final Queue<String> differences = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicLong> outcomes = new ConcurrentHashMap<>();

    @Test
    @DisplayName("the native engine does with generated modules what the portable one does")
    void doesTheSame() throws InterruptedException {
        try (Engine portable = new PortableEngine(Optional.empty());
                Engine nativeEngine = new NativeEngine(Optional.empty())) {
            List<Thread> threads = LongStream.range(0, Runtime.getRuntime().availableProcessors())
                    .mapToObj(i -> Thread.ofPlatform().name("fuzz-" + i).start(() -> compareAll(portable, nativeEngine)))
                    .toList();
            for (Thread thread : threads) {
                thread.join();
            }
        }
        assertEquals("", String.join("\n", differences));
        long calls = outcomes.values().stream().mapToLong(AtomicLong::get).sum();
        long returned = outcomes.get(ModuleRun.RETURNED).get();
        System.out.println(outcomes.entrySet().stream()
                .map(outcome -> outcome.getKey().strip()
                        + " %.2f %%".formatted(100.0 * outcome.getValue().get() / calls))
                .sorted()
                .collect(Collectors.joining("\n", calls + " calls of " + MODULES + " modules:\n", "")));
        assertTrue(returned > 0.7 * calls, "only " + returned + " of " + calls + " calls return");
    }

    @Test
    @DisplayName("a seed always makes the same module")
    void aSeedMakesOneModule() {
        for (long seed = FIRST; seed < FIRST + 20; seed++) {
            assertArrayEquals(new ModuleGenerator(seed).generate(), new ModuleGenerator(seed).generate());
        }
    }

    private void compareAll(Engine one, Engine other) {
        while (differences.size() < ENOUGH) {
            long seed = next.getAndIncrement();
            if (seed >= FIRST + MODULES) {
                return;
            }
            try {
                // If a module ends the JVM, this says which it was.
                Files.writeString(TARGET.resolve(Thread.currentThread().getName()), "seed " + seed);
                compare(seed, one, other);
            } catch (IOException | RuntimeException | Error e) {
                differences.add("seed " + seed + ": " + e.toString().lines().findFirst().orElseThrow());
            }
        }
    }

    private void compare(long seed, Engine one, Engine other) throws IOException {
        byte[] module = new ModuleGenerator(seed).generate();
        List<String> first = ModuleRun.record(one, module, seed);
        List<String> second = ModuleRun.record(other, module, seed);
        int same = 0;
        while (same < first.size() && same < second.size() && first.get(same).equals(second.get(same))) {
            same++;
        }
        Optional<String> odd = first.stream().filter(line -> NEVER.stream().anyMatch(line::contains)).findFirst();
        if (same < Math.max(first.size(), second.size()) || odd.isPresent()) {
            Path file = TARGET.resolve("fuzz-" + seed + ".wasm");
            Files.write(file, module);
            differences.add("seed " + seed + ", line " + same + " (" + file + "):\n"
                    + first.subList(Math.max(0, same - 3), Math.min(same, first.size())).stream()
                            .collect(Collectors.joining("\n"))
                    + "\n" + one.name() + ": " + line(first, same)
                    + "\n" + other.name() + ": " + line(second, same)
                    + odd.map(line -> "\nmust not be: " + line).orElse(""));
        }
        first.stream().filter(line -> line.startsWith(ModuleRun.ENDED)).forEach(line ->
                outcomes.computeIfAbsent(
                                line.startsWith(ModuleRun.RETURNED) ? ModuleRun.RETURNED : line,
                                key -> new AtomicLong())
                        .incrementAndGet());
    }

    private static String line(List<String> lines, int index) {
        return index < lines.size() ? lines.get(index) : "(ended)";
    }
}
