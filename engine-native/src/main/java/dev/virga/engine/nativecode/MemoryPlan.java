package dev.virga.engine.nativecode;

import dev.virga.engine.MemoryType;
import dev.virga.engine.memory.MemoryImage;
import dev.virga.engine.memory.MemorySource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/**
 * A memory that a module defines.
 *
 * @param imaged whether the source's memories hold the module's active segments from the start
 */
record MemoryPlan(MemoryType type, MemorySource source, boolean imaged) {

    static List<MemoryPlan> of(Plan plan, byte[] binary, NativeEngine engine) {
        List<MemoryPlan> memories = new ArrayList<>();
        for (int i = plan.importedMemories(); i < plan.memories().size(); i++) {
            MemoryType type = plan.memories().get(i);
            int index = i;
            List<Plan.Data> own = plan.data().stream()
                    .filter(d -> d.mode() == Plan.Mode.ACTIVE && d.memory() == index)
                    .toList();
            boolean imaged = own.stream().allMatch(d -> fits(d, type.limits().min() * NativeMemory.PAGE));
            MemoryImage image = imaged ? image(own, binary) : MemoryImage.EMPTY;
            memories.add(new MemoryPlan(type, engine.memorySource(image, NativeMemory.maxPages(type)), imaged));
        }
        return List.copyOf(memories);
    }

    private static boolean fits(Plan.Data data, long bytes) {
        OptionalLong offset = data.offset().orElseThrow().constantAddress();
        return offset.isPresent() && offset.getAsLong() + data.bytes().length() <= bytes;
    }

    private static MemoryImage image(List<Plan.Data> segments, byte[] binary) {
        return new MemoryImage(segments.stream()
                .filter(d -> d.bytes().length() > 0)
                .map(d -> new MemoryImage.Part(
                        d.offset().orElseThrow().constantAddress().getAsLong(),
                        Arrays.copyOfRange(binary, d.bytes().offset(), d.bytes().end())))
                .toList());
    }

    /** The active segments that no image holds. */
    static List<Plan.Data> loose(Plan plan, List<MemoryPlan> memories) {
        return plan.data().stream()
                .filter(d -> d.mode() == Plan.Mode.ACTIVE
                        && (d.memory() < plan.importedMemories()
                                || !memories.get(d.memory() - plan.importedMemories()).imaged()))
                .toList();
    }
}
