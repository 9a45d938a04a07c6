package dev.virga.engine.nativecode.fuzz;

import static dev.virga.engine.ValType.Num.F32;
import static dev.virga.engine.ValType.Num.F64;
import static dev.virga.engine.ValType.Num.I32;
import static dev.virga.engine.ValType.Num.I64;

import dev.virga.engine.ValType;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A load or store (core specification, section 5.4.6).
 *
 * @param shift the binary logarithm of the number of bytes, which is the largest alignment too
 */
record MemoryAccess(int code, ValType type, int shift) {

    static final Map<ValType, List<MemoryAccess>> LOADS = byType(
            new MemoryAccess(0x28, I32, 2), new MemoryAccess(0x29, I64, 3),
            new MemoryAccess(0x2a, F32, 2), new MemoryAccess(0x2b, F64, 3),
            new MemoryAccess(0x2c, I32, 0), new MemoryAccess(0x2d, I32, 0),
            new MemoryAccess(0x2e, I32, 1), new MemoryAccess(0x2f, I32, 1),
            new MemoryAccess(0x30, I64, 0), new MemoryAccess(0x31, I64, 0),
            new MemoryAccess(0x32, I64, 1), new MemoryAccess(0x33, I64, 1),
            new MemoryAccess(0x34, I64, 2), new MemoryAccess(0x35, I64, 2));

    static final Map<ValType, List<MemoryAccess>> STORES = byType(
            new MemoryAccess(0x36, I32, 2), new MemoryAccess(0x37, I64, 3),
            new MemoryAccess(0x38, F32, 2), new MemoryAccess(0x39, F64, 3),
            new MemoryAccess(0x3a, I32, 0), new MemoryAccess(0x3b, I32, 1),
            new MemoryAccess(0x3c, I64, 0), new MemoryAccess(0x3d, I64, 1), new MemoryAccess(0x3e, I64, 2));

    private static Map<ValType, List<MemoryAccess>> byType(MemoryAccess... accesses) {
        return List.of(accesses).stream().collect(Collectors.groupingBy(MemoryAccess::type));
    }

    int bytes() {
        return 1 << shift;
    }
}
