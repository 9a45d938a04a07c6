package dev.virga.component.validation;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.ComponentException;
import dev.virga.component.Fuzz;
import dev.virga.component.binary.ComponentDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Broken components give a result or a {@link ComponentException} soon, whatever is broken: attack class 28. */
class MutationTest {

    private static final int MUTATIONS = Fuzz.cases(10_000);
    private static final long SEED = Fuzz.seed(42);
    private static final int MAX_BYTES = 100_000;

    @Test
    void brokenComponentsGiveAResultOrAComponentException() {
        Mutator mutator = new Mutator(originals(), new Random(SEED));
        int[] valid = {0};
        try (Fuzz fuzz = new Fuzz()) {
            for (int i = 0; i < MUTATIONS; i++) {
                fuzz.attempt("mutation " + i + " of seed " + SEED, mutator.next(), mutant -> {
                    try {
                        ComponentValidator.validate(ComponentDecoder.decode(mutant));
                        valid[0]++;
                    } catch (ComponentException e) {
                        // what a broken component should give
                    }
                });
            }
        }
        assertTrue(valid[0] > MUTATIONS / 100, "only " + valid[0] + " mutants reach the end of validation");
    }

    @Test
    void everyTruncationIsRefused() {
        for (Mutator.Original original : originals().stream().limit(40).toList()) {
            for (int end : original.offsets()) {
                byte[] cut = Arrays.copyOf(original.bytes(), end);
                assertThrows(
                        ComponentException.Malformed.class,
                        () -> ComponentDecoder.decode(cut),
                        "cut at " + end + ", before a definition");
            }
        }
    }

    private static List<Mutator.Original> originals() {
        List<Mutator.Original> originals = new ArrayList<>();
        Stream<byte[]> files = Stream.concat(
                Suites.cases(Suites.folder("component-model")).stream().map(Suites.Case::bytes),
                Suites.files(Suites.folder("components"), ".wasm").stream().map(Suites::read));
        files.filter(b -> b.length < MAX_BYTES).forEach(bytes -> {
            try {
                Mutator.Original original = Mutator.Original.of(bytes);
                if (original.offsets().length > 0) {
                    originals.add(original);
                }
            } catch (ComponentException e) {
                // broken already
            }
        });
        return originals;
    }
}
