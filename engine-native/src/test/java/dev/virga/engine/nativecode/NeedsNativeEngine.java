package dev.virga.engine.nativecode;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips tests on machines for which there is no native engine, and says why. */
public final class NeedsNativeEngine implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return NativeEngine.missing()
                .map(why -> ConditionEvaluationResult.disabled("skipped: no native engine: " + why))
                .orElseGet(() -> ConditionEvaluationResult.enabled("there is a native engine"));
    }
}
