package dev.virga.engine.nativecode;

import dev.virga.engine.conformance.CoreSuiteContract;
import java.util.List;

class CoreSuiteTest extends CoreSuiteContract implements NativeSource {

    /** Features that the code generator lacks: 64-bit memories and tables, garbage collection, typed function references. */
    @Override
    protected boolean needsMissingFeature(String script) {
        return script.endsWith("64") && !List.of("i64", "f64").contains(script)
                || List.of("memory64-imports", "table_copy_mixed").contains(script)
                || script.startsWith("array") || script.startsWith("br_on_") || script.startsWith("ref_cast")
                || script.startsWith("type-")
                || List.of("struct", "i31", "ref_eq", "ref_test", "ref_as_non_null", "extern", "binary-gc").contains(script)
                || List.of("call_ref", "return_call_ref").contains(script);
    }
}
