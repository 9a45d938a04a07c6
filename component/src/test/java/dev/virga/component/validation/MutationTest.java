package dev.virga.component.validation;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.fail;

import dev.virga.component.ComponentException;
import dev.virga.component.binary.ComponentBinary;
import dev.virga.component.binary.ComponentDecoder;
import dev.virga.component.binary.Definition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Broken components give a result or a {@link ComponentException}, whatever is broken. {@code
 * -Dvirga.fuzz.mutations=N} makes more of them, {@code -Dvirga.fuzz.seed=N} others.
 */
class MutationTest {

    private static final int MUTATIONS = Integer.getInteger("virga.fuzz.mutations", 10_000);
    private static final long SEED = Long.getLong("virga.fuzz.seed", 42);
    private static final int MAX_BYTES = 100_000;

    /** A component to break, with the offsets where its structure is, core modules left out. */
    private record Original(byte[] bytes, int[] offsets) {}

    @Test
    void brokenComponentsGiveAResultOrAComponentException() {
        List<Original> originals = originals();
        Random random = new Random(SEED);
        assertTimeoutPreemptively(Duration.ofMillis(60_000 + 10L * MUTATIONS), () -> {
            for (int i = 0; i < MUTATIONS; i++) {
                byte[] mutant = mutate(originals.get(random.nextInt(originals.size())), random);
                try {
                    ComponentValidator.validate(ComponentDecoder.decode(mutant));
                } catch (ComponentException e) {
                    // what a broken component should give
                } catch (Throwable t) {
                    fail("mutation " + i + " of seed " + SEED + ": " + HexFormat.of().formatHex(mutant), t);
                }
            }
        });
    }

    @Test
    void everyTruncationIsRefused() {
        for (Original original : originals().stream().limit(40).toList()) {
            for (int end : original.offsets) {
                byte[] cut = Arrays.copyOf(original.bytes, end);
                try {
                    ComponentDecoder.decode(cut);
                    fail("a component cut at " + end + ", before a definition, was decoded");
                } catch (ComponentException.Malformed e) {
                    // as it should be
                }
            }
        }
    }

    private static List<Original> originals() {
        List<Original> originals = new ArrayList<>();
        Stream<byte[]> files = Stream.concat(
                Suites.cases(Suites.folder("component-model")).stream().map(Suites.Case::bytes),
                Suites.files(Suites.folder("components"), ".wasm").stream().map(Suites::read));
        files.filter(b -> b.length < MAX_BYTES).forEach(bytes -> {
            try {
                List<Integer> offsets = new ArrayList<>();
                offsets(ComponentDecoder.decode(bytes), offsets);
                if (!offsets.isEmpty()) {
                    originals.add(new Original(bytes, offsets.stream().mapToInt(i -> i).toArray()));
                }
            } catch (ComponentException e) {
                // broken already
            }
        });
        return originals;
    }

    private static void offsets(ComponentBinary binary, List<Integer> offsets) {
        for (Definition definition : binary.definitions()) {
            offsets.add(definition.offset());
            if (definition instanceof Definition.Component c) {
                offsets(c.binary(), offsets);
            }
        }
    }

    private static byte[] mutate(Original original, Random random) {
        byte[] bytes = original.bytes.clone();
        for (int i = random.nextInt(4); i >= 0 && bytes.length > 8; i--) {
            int at = position(original, bytes.length, random);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes[at] = (byte) random.nextInt(16);
                case 3 -> bytes = random.nextInt(10) == 0 ? Arrays.copyOf(bytes, at) : bytes;
                case 4 -> bytes = splice(bytes, at, random.nextInt(16), new byte[0]);
                default -> {
                    int from = position(original, bytes.length, random);
                    byte[] piece = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + 1 + random.nextInt(32)));
                    bytes = splice(bytes, at, random.nextInt(2) * piece.length, piece);
                }
            }
        }
        return bytes;
    }

    /** Mostly near the start of a definition, where a change hits the structure. */
    private static int position(Original original, int length, Random random) {
        int near = original.offsets[random.nextInt(original.offsets.length)] - 4 + random.nextInt(32);
        int at = random.nextInt(8) == 0 ? random.nextInt(length) : near;
        return Math.clamp(at, 0, length - 1);
    }

    private static byte[] splice(byte[] bytes, int at, int removed, byte[] added) {
        int behind = Math.min(bytes.length, at + removed);
        byte[] result = new byte[at + added.length + bytes.length - behind];
        System.arraycopy(bytes, 0, result, 0, at);
        System.arraycopy(added, 0, result, at, added.length);
        System.arraycopy(bytes, behind, result, at + added.length, bytes.length - behind);
        return result;
    }
}
