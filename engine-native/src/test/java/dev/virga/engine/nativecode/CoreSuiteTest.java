package dev.virga.engine.nativecode;

import dev.virga.engine.conformance.CoreSuiteContract;
import java.util.Set;

class CoreSuiteTest extends CoreSuiteContract implements NativeSource {

    private static final Set<String> GARBAGE_COLLECTION = Set.of(
            "array", "array_copy", "array_fill", "array_init_data", "array_init_elem", "array_new_data",
            "array_new_elem", "binary-gc", "br_on_cast", "br_on_cast_fail", "extern", "i31", "ref_cast", "ref_eq",
            "ref_test", "struct", "type-canon", "type-equivalence", "type-rec", "type-subtyping");
    private static final Set<String> TYPED_FUNCTION_REFERENCES = Set.of(
            "br_on_non_null", "br_on_null", "call_ref", "ref_as_non_null", "return_call_ref");
    private static final Set<String> EXCEPTIONS = Set.of("tag", "throw", "throw_ref", "try_table");

    /** Whole scripts; where only some modules of one need such a feature, known-failures.txt says so. */
    @Override
    protected boolean needsMissingFeature(String script) {
        return GARBAGE_COLLECTION.contains(script)
                || TYPED_FUNCTION_REFERENCES.contains(script)
                || EXCEPTIONS.contains(script)
                || isAbout64BitAddresses(script);
    }

    private static boolean isAbout64BitAddresses(String script) {
        return script.endsWith("64") && !Set.of("i64", "f64").contains(script)
                || Set.of("memory64-imports", "table_copy_mixed").contains(script);
    }
}
