package dev.virga.plugin.postgres;

import dev.virga.plugin.Offered;
import dev.virga.plugin.WitFiles;
import java.util.List;

/** The interfaces that are offered. */
final class Wit {

    static final String PACKAGE = "wasmcloud:postgres";

    private static final String VERSION = "@0.1.1-draft";
    private static final WitFiles FILES = new WitFiles(Wit.class, "postgres");

    static final List<Offered<?>> OFFERED = List.of(
            FILES.offer(PACKAGE + "/types" + VERSION, Types.class),
            FILES.offer(PACKAGE + "/query" + VERSION, Query.class),
            FILES.offer(PACKAGE + "/prepared" + VERSION, Prepared.class));

    private Wit() {}

    /** Has types only, and is never called. */
    interface Types {}
}
