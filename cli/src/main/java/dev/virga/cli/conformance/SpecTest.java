package dev.virga.cli.conformance;

import static dev.virga.engine.ValType.Num.F32;
import static dev.virga.engine.ValType.Num.F64;
import static dev.virga.engine.ValType.Num.I32;
import static dev.virga.engine.ValType.Num.I64;

import dev.virga.engine.Extern;
import dev.virga.engine.FuncType;
import dev.virga.engine.GlobalType;
import dev.virga.engine.Limits;
import dev.virga.engine.MemoryType;
import dev.virga.engine.Store;
import dev.virga.engine.TableType;
import dev.virga.engine.ValType;
import java.lang.invoke.MethodHandles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The module {@code spectest} that the core suite imports (its README, "Spectest host module"). */
final class SpecTest {

    private SpecTest() {}

    static Map<String, Extern> externs(Store store) {
        Map<String, Extern> externs = new HashMap<>();
        externs.put("print", sink(store));
        externs.put("print_i32", sink(store, I32));
        externs.put("print_i64", sink(store, I64));
        externs.put("print_f32", sink(store, F32));
        externs.put("print_f64", sink(store, F64));
        externs.put("print_i32_f32", sink(store, I32, F32));
        externs.put("print_f64_f64", sink(store, F64, F64));
        externs.put("global_i32", store.newGlobal(new GlobalType(I32, false), 666));
        externs.put("global_i64", store.newGlobal(new GlobalType(I64, false), 666L));
        externs.put("global_f32", store.newGlobal(new GlobalType(F32, false), 666.6f));
        externs.put("global_f64", store.newGlobal(new GlobalType(F64, false), 666.6));
        externs.put("table", store.newTable(new TableType(ValType.Ref.FUNC, limits(10, 20, false))));
        externs.put("table64", store.newTable(new TableType(ValType.Ref.FUNC, limits(10, 20, true))));
        externs.put("memory", store.newMemory(new MemoryType(limits(1, 2, false), false)));
        return externs;
    }

    /** A function that ignores what it is given. */
    private static Extern.Func sink(Store store, ValType... params) {
        FuncType type = new FuncType(List.of(params), List.of());
        return store.newFunc(type, () -> MethodHandles.empty(type.methodType()));
    }

    private static Limits limits(long min, long max, boolean is64) {
        return new Limits(min, OptionalLong.of(max), is64);
    }
}
