package dev.virga.component.binary;

import dev.virga.component.ComponentException;
import dev.virga.engine.ModuleException;
import dev.virga.engine.ModuleType;
import dev.virga.engine.ModuleTypeReader;

/** Says what a file is that is not a component, and how to make one of it. */
final class ForeignBinary {

    private static final String PREVIEW_1 = "wasi_snapshot_preview1";

    private static final String HEADER = "in the header";

    private ForeignBinary() {}

    static ComponentException describe(byte[] bytes) {
        if (bytes.length == 0) {
            return new ComponentException.Malformed("the file is empty, not a component", 0, HEADER);
        }
        if (!startsWith(bytes, 0, 0x00, 'a', 's', 'm')) {
            return new ComponentException.Malformed(
                    startsWith(bytes, 0, '(')
                            ? "this is WebAssembly text, not a component: translate it with `wasm-tools parse"
                                    + " FILE -o OUT.wasm`"
                            : "this is not WebAssembly: magic header not detected",
                    0,
                    HEADER);
        }
        if (!startsWith(bytes, 4, 1, 0, 0, 0)) {
            return new ComponentException.Malformed("unexpected end of the component's header", bytes.length, HEADER);
        }
        return new ComponentException.Malformed(
                importsPreview1(bytes)
                        ? "this is a core module for WASI preview 1, not a component: adapt it with `wasm-tools"
                                + " component new FILE --adapt " + PREVIEW_1 + "=ADAPTER.wasm -o OUT.wasm` (the"
                                + " adapter comes with wasmtime's releases), or build for the target wasm32-wasip2"
                        : "this is a core module, not a component: make one of it with `wasm-tools component new"
                                + " FILE -o OUT.wasm`, after `wasm-tools component embed` where it carries no WIT yet",
                4,
                HEADER);
    }

    private static boolean importsPreview1(byte[] bytes) {
        try {
            ModuleType type = ModuleTypeReader.read(bytes);
            return type.imports().stream().anyMatch(i -> i.module().equals(PREVIEW_1));
        } catch (ModuleException e) {
            return false;
        }
    }

    private static boolean startsWith(byte[] bytes, int from, int... values) {
        if (bytes.length < from + values.length) {
            return false;
        }
        for (int i = 0; i < values.length; i++) {
            if (bytes[from + i] != values[i]) {
                return false;
            }
        }
        return true;
    }
}
