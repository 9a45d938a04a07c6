package dev.virga.cli.conformance;

import dev.virga.component.Linker;
import dev.virga.component.Offer;
import dev.virga.component.type.FunctionType;
import dev.virga.component.type.ValueType;
import dev.virga.component.type.ValueType.Borrow;
import dev.virga.component.type.ValueType.Own;
import dev.virga.component.type.ValueType.Primitive;
import dev.virga.engine.Engine;
import dev.virga.engine.Trap;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Function;

/** What wasmtime's runner offers to the components of a script: a few functions, a module, resources that count. */
final class ScriptHost {

    /** {@code (module (global (export "g") i32 (i32.const 100)) (func (export "f") (result i32) (i32.const 101)))} */
    private static final String SIMPLE_MODULE =
            "0061736d010000000105016000017f03020100060701" + "7f0041e4000b07090201670300016600000a0701050041e5000b";

    private int drops;
    private int lastDrop;

    /** A resource that a script makes of a number. */
    private final class Counted implements AutoCloseable {
        private final int number;

        Counted(int number) {
            this.number = number;
        }

        @Override
        public void close() {
            drops++;
            lastDrop = number;
        }
    }

    void offer(Linker<Void> linker, Engine engine) {
        linker.define("host-echo-u32", async(func(Optional.of(Primitive.U32), args -> args[0], Primitive.U32)));
        linker.define("host-return-two", func(Optional.of(Primitive.U32), _ -> 2));
        Map<String, Offer> host = new LinkedHashMap<>();
        host.put("return-three", func(Optional.of(Primitive.U32), _ -> 3));
        host.put(
                "nested",
                new Offer.Instance(Map.of("return-four", func(Optional.of(Primitive.U32), _ -> 4))));
        host.put(
                "simple-module",
                new Offer.Module(engine.compile(HexFormat.of().parseHex(SIMPLE_MODULE))));
        host.put("return-hi", func(Optional.of(Primitive.STRING), _ -> "hi"));
        host.put("never-return", async(func(none(), ScriptHost::waitForever)));
        host.put("return-two-slowly", async(func(Optional.of(Primitive.S32), _ -> slowly(2))));
        host.put("echo-slowly", async(func(Optional.of(Primitive.U32), args -> slowly(args[0]), Primitive.U32)));
        resources(host);
        linker.define("host", new Offer.Instance(host));
        // the number of handles is limited in any case
        linker.define(
                "wasmtime",
                new Offer.Instance(Map.of(
                        "set-max-table-capacity", named(List.of("max"), none(), _ -> null, Primitive.U32))));
    }

    private void resources(Map<String, Offer> host) {
        Offer.Resource resource1 = Offer.Resource.of("resource1", Counted.class);
        ValueType own = new Own(resource1.type());
        ValueType borrow = new Borrow(resource1.type());
        host.put("resource1", resource1);
        host.put("resource2", Offer.Resource.of("resource2", Void.class));
        host.put("resource1-again", resource1);
        host.put(
                "[constructor]resource1",
                named(List.of("r"), Optional.of(own), args -> new Counted((int) args[0]), Primitive.U32));
        host.put("[static]resource1.assert", named(List.of("r", "rep"), none(), ScriptHost::check, own, Primitive.U32));
        host.put("[static]resource1.last-drop", func(Optional.of(Primitive.U32), _ -> lastDrop));
        host.put("[static]resource1.drops", func(Optional.of(Primitive.U32), _ -> drops));
        host.put(
                "[method]resource1.simple",
                named(List.of("self", "rep"), none(), ScriptHost::check, borrow, Primitive.U32));
        host.put(
                "[method]resource1.take-borrow", named(List.of("self", "b"), none(), _ -> null, borrow, borrow));
        host.put(
                "[method]resource1.take-own",
                named(List.of("self", "b"), none(), _ -> null, borrow, own));
        host.put(
                "[method]resource1.never-return",
                async(named(List.of("self"), none(), ScriptHost::waitForever, borrow)));
    }

    private static Offer.Func async(Offer.Func function) {
        FunctionType type = function.type();
        return new Offer.Func(new FunctionType(type.params(), type.result(), true), function.body());
    }

    /** Gives the guest that calls it time to go on. */
    private static Object slowly(Object value) {
        Thread.yield();
        return value;
    }

    /** Until the call is cancelled. */
    private static Object waitForever(Object[] args) {
        try {
            Thread.sleep(Duration.ofDays(1));
            return null;
        } catch (InterruptedException e) {
            throw new CancellationException("cancelled");
        }
    }

    private static Object check(Object[] args) {
        int number = ((Counted) args[0]).number;
        if (number != (int) args[1]) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "the resource is number " + number + ", not " + args[1]);
        }
        return null;
    }

    private static Optional<ValueType> none() {
        return Optional.empty();
    }

    /** A function whose parameters are called {@code v}. */
    private static Offer.Func func(Optional<ValueType> result, Function<Object[], Object> body, ValueType... params) {
        return named(params.length == 0 ? List.of() : List.of("v"), result, body, params);
    }

    private static Offer.Func named(
            List<String> names, Optional<ValueType> result, Function<Object[], Object> body, ValueType... types) {
        List<FunctionType.Param> params = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            params.add(new FunctionType.Param(names.get(i), types[i]));
        }
        return new Offer.Func(new FunctionType(params, result, false), body);
    }
}
