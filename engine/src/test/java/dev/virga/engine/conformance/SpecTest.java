package dev.virga.engine.conformance;

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

/** The host module that the suite's scripts import from. */
final class SpecTest {

    private SpecTest() {}

    static Map<String, Extern> externs(Store store) {
        Map<String, Extern> externs = new HashMap<>();
        print(store, externs, "print");
        print(store, externs, "print_i32", I32);
        print(store, externs, "print_i64", I64);
        print(store, externs, "print_f32", F32);
        print(store, externs, "print_f64", F64);
        print(store, externs, "print_i32_f32", I32, F32);
        print(store, externs, "print_f64_f64", F64, F64);
        externs.put("global_i32", store.newGlobal(new GlobalType(I32, false), 666));
        externs.put("global_i64", store.newGlobal(new GlobalType(I64, false), 666L));
        externs.put("global_f32", store.newGlobal(new GlobalType(F32, false), 666.6f));
        externs.put("global_f64", store.newGlobal(new GlobalType(F64, false), 666.6));
        externs.put("table", store.newTable(
                new TableType(ValType.Ref.FUNC, new Limits(10, OptionalLong.of(20), false))));
        externs.put("table64", store.newTable(
                new TableType(ValType.Ref.FUNC, new Limits(10, OptionalLong.of(20), true))));
        externs.put("memory", store.newMemory(
                new MemoryType(new Limits(1, OptionalLong.of(2), false), false)));
        return externs;
    }

    private static void print(Store store, Map<String, Extern> externs, String name, ValType... params) {
        FuncType type = new FuncType(List.of(params), List.of());
        externs.put(name, store.newFunc(type, () -> MethodHandles.empty(type.methodType())));
    }
}
