package dev.virga.component.binary;

import dev.virga.component.binary.AsyncCanon.End;
import dev.virga.component.binary.AsyncCanon.Kind;
import dev.virga.component.binary.AsyncCanon.Switch;
import dev.virga.component.binary.CanonDef.Options;
import dev.virga.component.binary.CanonDef.StringEncoding;
import java.util.Optional;
import java.util.OptionalInt;

/** Decodes canonical definitions (Binary, "Canonical Definitions"). */
final class CanonDecoder {

    private CanonDecoder() {}

    static CanonDef canon(Reader in) {
        int code = in.u8();
        return switch (code) {
            case 0x00 -> {
                in.expect(0, "the sort of a lifted function");
                yield new CanonDef.Lift(in.u32(), options(in), in.u32());
            }
            case 0x01 -> {
                in.expect(0, "the sort of a lowered function");
                yield new CanonDef.Lower(in.u32(), options(in));
            }
            case 0x02 -> new CanonDef.ResourceNew(in.u32());
            case 0x03 -> new CanonDef.ResourceDrop(in.u32());
            case 0x04 -> new CanonDef.ResourceRep(in.u32());
            default -> async(in, code);
        };
    }

    private static AsyncCanon async(Reader in, int code) {
        return switch (code) {
            case 0x05 -> new AsyncCanon.TaskCancel();
            case 0x06 -> new AsyncCanon.SubtaskCancel(flag(in));
            case 0x09 -> new AsyncCanon.TaskReturn(TypeDecoder.results(in), options(in));
            case 0x0a -> new AsyncCanon.ContextGet(CoreTypeDecoder.valType(in), in.u32());
            case 0x0b -> new AsyncCanon.ContextSet(CoreTypeDecoder.valType(in), in.u32());
            case 0x0c -> new AsyncCanon.ThreadSwitch(Switch.YIELD, flag(in));
            case 0x0d -> new AsyncCanon.SubtaskDrop();
            case 0x0e -> new AsyncCanon.New(Kind.STREAM, in.u32());
            case 0x0f -> new AsyncCanon.Copy(Kind.STREAM, End.READABLE, in.u32(), options(in));
            case 0x10 -> new AsyncCanon.Copy(Kind.STREAM, End.WRITABLE, in.u32(), options(in));
            case 0x11 -> new AsyncCanon.Cancel(Kind.STREAM, End.READABLE, in.u32(), flag(in));
            case 0x12 -> new AsyncCanon.Cancel(Kind.STREAM, End.WRITABLE, in.u32(), flag(in));
            case 0x13 -> new AsyncCanon.Drop(Kind.STREAM, End.READABLE, in.u32());
            case 0x14 -> new AsyncCanon.Drop(Kind.STREAM, End.WRITABLE, in.u32());
            case 0x15 -> new AsyncCanon.New(Kind.FUTURE, in.u32());
            case 0x16 -> new AsyncCanon.Copy(Kind.FUTURE, End.READABLE, in.u32(), options(in));
            case 0x17 -> new AsyncCanon.Copy(Kind.FUTURE, End.WRITABLE, in.u32(), options(in));
            case 0x18 -> new AsyncCanon.Cancel(Kind.FUTURE, End.READABLE, in.u32(), flag(in));
            case 0x19 -> new AsyncCanon.Cancel(Kind.FUTURE, End.WRITABLE, in.u32(), flag(in));
            case 0x1a -> new AsyncCanon.Drop(Kind.FUTURE, End.READABLE, in.u32());
            case 0x1b -> new AsyncCanon.Drop(Kind.FUTURE, End.WRITABLE, in.u32());
            case 0x1c -> new AsyncCanon.ErrorContextNew(options(in));
            case 0x1d -> new AsyncCanon.ErrorContextDebugMessage(options(in));
            case 0x1e -> new AsyncCanon.ErrorContextDrop();
            case 0x1f -> new AsyncCanon.WaitableSetNew();
            case 0x20 -> new AsyncCanon.WaitableSetWait(flag(in), in.u32());
            case 0x21 -> new AsyncCanon.WaitableSetPoll(flag(in), in.u32());
            case 0x22 -> new AsyncCanon.WaitableSetDrop();
            case 0x23 -> new AsyncCanon.WaitableJoin();
            case 0x24 -> new AsyncCanon.BackpressureInc();
            case 0x25 -> new AsyncCanon.BackpressureDec();
            case 0x26 -> new AsyncCanon.ThreadIndex();
            case 0x27 -> new AsyncCanon.ThreadNewIndirect(in.u32(), in.u32());
            case 0x28 -> new AsyncCanon.ThreadResumeLater();
            case 0x29 -> new AsyncCanon.ThreadSwitch(Switch.SUSPEND, flag(in));
            case 0x2a -> new AsyncCanon.ThreadSwitch(Switch.SUSPEND_THEN_RESUME, flag(in));
            case 0x2b -> new AsyncCanon.ThreadSwitch(Switch.YIELD_THEN_RESUME, flag(in));
            case 0x2c -> new AsyncCanon.ThreadSwitch(Switch.SUSPEND_THEN_PROMOTE, flag(in));
            case 0x2d -> new AsyncCanon.ThreadSwitch(Switch.YIELD_THEN_PROMOTE, flag(in));
            case 0x40 -> new AsyncCanon.ThreadSpawnRef(flag(in), in.u32());
            case 0x41 -> new AsyncCanon.ThreadSpawnIndirect(flag(in), in.u32(), in.u32());
            case 0x42 -> new AsyncCanon.ThreadAvailableParallelism(flag(in));
            default -> throw in.unexpected(code, "a canonical function");
        };
    }

    private static boolean flag(Reader in) {
        return in.flag("a boolean");
    }

    /** The options as they are collected; each may come at most once. */
    private static final class Collected {
        private Optional<StringEncoding> encoding = Optional.empty();
        private OptionalInt memory = OptionalInt.empty();
        private OptionalInt realloc = OptionalInt.empty();
        private OptionalInt postReturn = OptionalInt.empty();
        private boolean async;
        private OptionalInt callback = OptionalInt.empty();
    }

    private static Options options(Reader in) {
        Collected options = new Collected();
        in.vector(() -> option(in, options));
        return new Options(
                options.encoding.orElse(StringEncoding.UTF8),
                options.memory,
                options.realloc,
                options.postReturn,
                options.async,
                options.callback);
    }

    private static int option(Reader in, Collected options) {
        int start = in.position();
        int code = in.u8();
        switch (code) {
            case 0, 1, 2 -> {
                StringEncoding encoding = StringEncoding.values()[code];
                if (options.encoding.isPresent()) {
                    throw in.invalid("canonical encoding option `" + encoding + "` conflicts with option `"
                            + options.encoding.get() + "`", start);
                }
                options.encoding = Optional.of(encoding);
            }
            case 3 -> options.memory = once(in, "memory", options.memory, start);
            case 4 -> options.realloc = once(in, "realloc", options.realloc, start);
            case 5 -> options.postReturn = once(in, "post-return", options.postReturn, start);
            case 6 -> {
                if (options.async) {
                    throw twice(in, "async", start);
                }
                options.async = true;
            }
            case 7 -> options.callback = once(in, "callback", options.callback, start);
            // no part of the specification; wasmtime and wasm-tools have them behind a switch
            case 8, 9 -> throw in.unsupported("the canonical option `" + (code == 8 ? "core-type" : "gc")
                    + "`: garbage-collected values in the Canonical ABI are a gated feature", start);
            default -> throw in.unexpected(code, "a canonical option");
        }
        return code;
    }

    private static OptionalInt once(Reader in, String name, OptionalInt before, int start) {
        if (before.isPresent()) {
            throw twice(in, name, start);
        }
        return OptionalInt.of(in.u32());
    }

    private static RuntimeException twice(Reader in, String name, int start) {
        return in.invalid("canonical option `" + name + "` is specified more than once", start);
    }
}
