package dev.virga.plugin.keyvalue;

import dev.virga.plugin.Handled;
import dev.virga.plugin.Offered;
import dev.virga.plugin.WitFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The interfaces of all versions. */
final class Served {

    /** An interface that guests import. */
    record Import<I>(Offered<I> offered, Function<OpenBuckets, I> make) {

        private static <I> Import<I> of(
                String name, Class<I> api, Map<String, Class<?>> resources, Function<OpenBuckets, I> make) {
            return new Import<>(FILES.offer(name, api, resources), make);
        }
    }

    /** An interface that guests export to be told of changes. */
    record Export<W>(Handled<W> handled, Told<W> told) {

        /** @param value none if it was deleted */
        void tell(W watcher, OpenBucket bucket, String key, Optional<byte[]> value) {
            told.tell(watcher, bucket, key, value);
        }
    }

    interface Told<W> {
        void tell(W watcher, OpenBucket bucket, String key, Optional<byte[]> value);
    }

    private static final String DRAFT = "@0.2.0-draft";
    private static final String DRAFT2 = "@0.2.0-draft2";
    private static final String WASMCLOUD = "@0.2.0";

    private Served() {}

    private static final WitFiles FILES =
            new WitFiles(Served.class, "wasi-keyvalue-draft", "wasi-keyvalue-draft2", "wasmcloud-keyvalue");

    static final List<Import<?>> IMPORTS = List.of(
            Import.of("wasi:keyvalue/store" + DRAFT, Draft.Store.class, Map.of("bucket", Draft.Handle.class), Draft.Store::new),
            Import.of("wasi:keyvalue/atomics" + DRAFT, Draft.Atomics.class, Map.of(), _ -> new Draft.Atomics()),
            Import.of("wasi:keyvalue/batch" + DRAFT, Draft.Batch.class, Map.of(), _ -> new Draft.Batch()),
            Import.of("wasi:keyvalue/store" + DRAFT2, Draft2.Store.class, Map.of("bucket", Draft2.Handle.class), Draft2.Store::new),
            Import.of("wasi:keyvalue/atomics" + DRAFT2, Draft2.Atomics.class, Map.of("cas", Draft2.Cas.class), _ -> new Draft2.Atomics()),
            Import.of("wasi:keyvalue/batch" + DRAFT2, Draft2.Batch.class, Map.of(), _ -> new Draft2.Batch()),
            Import.of("wasmcloud:keyvalue/types" + WASMCLOUD, WasmCloud.Types.class, Map.of("bucket", WasmCloud.Handle.class), _ -> new WasmCloud.Types()),
            Import.of("wasmcloud:keyvalue/store" + WASMCLOUD, WasmCloud.Store.class, Map.of(), WasmCloud.Store::new),
            Import.of("wasmcloud:keyvalue/atomics" + WASMCLOUD, WasmCloud.Atomics.class, Map.of(), _ -> new WasmCloud.Atomics()),
            Import.of("wasmcloud:keyvalue/cas" + WASMCLOUD, WasmCloud.Cas.class, Map.of(), _ -> new WasmCloud.Cas()),
            Import.of("wasmcloud:keyvalue/batch" + WASMCLOUD, WasmCloud.Batch.class, Map.of(), _ -> new WasmCloud.Batch()));

    static final List<Export<?>> EXPORTS = List.of(
            new Export<>(
                    new Handled<>("wasi:keyvalue/watcher" + DRAFT, Draft.Watcher.class),
                    (watcher, bucket, key, value) -> value.ifPresentOrElse(
                            v -> watcher.onSet(new Draft.Handle(bucket), key, v),
                            () -> watcher.onDelete(new Draft.Handle(bucket), key))),
            new Export<>(
                    new Handled<>("wasi:keyvalue/watcher" + DRAFT2, Draft2.Watcher.class),
                    (watcher, bucket, key, value) -> value.ifPresentOrElse(
                            v -> watcher.onSet(new Draft2.Handle(bucket), key, v),
                            () -> watcher.onDelete(new Draft2.Handle(bucket), key))),
            new Export<>(
                    new Handled<>("wasmcloud:keyvalue/watcher" + WASMCLOUD, WasmCloud.Watcher.class),
                    (watcher, bucket, key, value) -> value.ifPresentOrElse(
                            v -> watcher.onSet(new WasmCloud.Handle(bucket), key, v),
                            () -> watcher.onDelete(new WasmCloud.Handle(bucket), key))));
}
