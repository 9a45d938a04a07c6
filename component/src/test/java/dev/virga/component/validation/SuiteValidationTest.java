package dev.virga.component.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ComponentDecoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decodes and validates every binary of the public suites: what should be valid is, the rest is refused. */
class SuiteValidationTest {

    /** Binaries whose verdict is not the decoder's and validator's, by their script or file, with the reason. */
    private static final Map<String, String> OTHERS = Map.of(
            "core-modules.1.wasm", "the error is in a function's body, which compiling finds",
            "implements-disabled", "assumes that `implements` is switched off",
            "restrictions", "limits of wasmtime's own, not of the specification",
            "import", "limits of wasmtime's own, not of the specification",
            "empty", "canonical options for garbage-collected values, which the specification does not have");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "component-model/async",
                "component-model/binary",
                "component-model/linking",
                "component-model/resources",
                "component-model/validation",
                "component-model/values",
                "wasmtime/component-model",
                "wasmtime/component-model-threading"
            })
    void verdictsAreThoseOfTheSuite(String folder) {
        Path path = Suites.folder(folder);
        List<String> failures = new ArrayList<>();
        int passed = 0;
        for (Suites.Case c : Suites.cases(path)) {
            if (OTHERS.containsKey(c.script()) || OTHERS.containsKey(c.file().getFileName().toString())) {
                continue;
            }
            Optional<String> failure = judge(c);
            if (failure.isPresent()) {
                failures.add(c + "\n      " + failure.get());
            } else {
                passed++;
            }
        }
        assertEquals(List.of(), failures, folder);
        assertTrue(passed > 0, "no binaries in " + path);
    }

    private static Optional<String> judge(Suites.Case c) {
        byte[] bytes = c.bytes();
        if (isCoreModule(bytes) && !c.command().startsWith("assert_")) {
            return Optional.empty();
        }
        Optional<ComponentException> error = error(bytes);
        return switch (c.command()) {
            case "assert_malformed" -> error.filter(ComponentException.Malformed.class::isInstance).isPresent()
                    ? Optional.empty()
                    : Optional.of("not refused as malformed: " + error.map(Throwable::getMessage));
            case "assert_invalid" -> error.filter(ComponentException.Invalid.class::isInstance).isPresent()
                    ? Optional.empty()
                    : Optional.of("not refused as invalid: " + error.map(Throwable::getMessage));
            default -> error.map(Throwable::getMessage);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"components/wasi-0.2", "components/wasi-0.3", "wasi-testsuite/wasm32-wasip3"})
    void realComponentsAreValid(String folder) {
        Path path = Suites.folder(folder);
        List<String> failures = new ArrayList<>();
        List<Path> files = Suites.files(path, ".wasm");
        for (Path file : files) {
            error(Suites.read(file)).ifPresent(e -> failures.add(file.getFileName() + ": " + e.getMessage()));
        }
        assertEquals(List.of(), failures);
        assertTrue(!files.isEmpty(), "no components in " + path);
    }

    private static Optional<ComponentException> error(byte[] bytes) {
        try {
            ComponentValidator.validate(ComponentDecoder.decode(bytes));
            return Optional.empty();
        } catch (ComponentException e) {
            return Optional.of(e);
        }
    }

    private static boolean isCoreModule(byte[] bytes) {
        return bytes.length >= 8 && bytes[4] == 1 && bytes[6] == 0;
    }
}
