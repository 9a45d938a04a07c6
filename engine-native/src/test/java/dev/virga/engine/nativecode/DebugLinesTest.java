package dev.virga.engine.nativecode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virga.engine.CoreInstance;
import dev.virga.engine.CoreModule;
import dev.virga.engine.Extern;
import dev.virga.engine.Trap;
import dev.virga.engine.contract.EngineContract;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DebugLinesTest extends EngineContract implements NativeSource {

    private Trap divideByZero(byte[] binary) {
        CoreModule module = engine.compile(binary);
        CoreInstance instance = module.instantiate(store, List.of());
        Extern.Func outer = (Extern.Func) instance.export(module.type().exportIndex("outer").orElseThrow());
        return assertThrows(Trap.class, () -> outer.handle().invokeWithArguments(1, 0));
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5})
    void theBacktraceHasTheLinesOfTheSource(int version) {
        List<String> frames = divideByZero(Resources.read("lines" + version + ".wasm")).backtrace().stream()
                .map(frame -> frame.name().orElseThrow() + " " + frame.source().orElseThrow())
                .toList();
        assertEquals(List.of("divide lines.c:4", "outer lines.c:8"), frames);
    }

    /** Debug information is the guest's word: whatever is in it, the trap is the same. */
    @Test
    void damagedSectionsChangeNothingButTheLines() {
        byte[] binary = Resources.read("lines5.wasm");
        NativeModule module = (NativeModule) engine.compile(binary);
        Plan.Section section = module.plan().debugSections().stream()
                .filter(s -> s.name().equals(".debug_line"))
                .findFirst()
                .orElseThrow();
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            byte[] line = module.bytes(section.content());
            for (int i = 0; i <= random.nextInt(4); i++) {
                line[random.nextInt(line.length)] = (byte) random.nextInt();
            }
            DebugLines.read(Map.of(".debug_line", line)).at(random.nextInt(200));
        }
        System.arraycopy(new byte[section.content().length()], 0, binary, section.content().offset(), section.content().length());
        Trap trap = divideByZero(binary);
        assertEquals(Trap.Kind.INTEGER_DIVIDE_BY_ZERO, trap.kind());
        assertEquals("divide", trap.backtrace().getFirst().name().orElseThrow());
    }
}
