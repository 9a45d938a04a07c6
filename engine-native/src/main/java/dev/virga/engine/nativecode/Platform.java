package dev.virga.engine.nativecode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What machine code is for.
 *
 * @param architecture {@code x86_64} or {@code aarch64}
 * @param flags the processor's features by the code generator's names, in a fixed order
 */
record Platform(String architecture, List<String> flags) {

    /** The least that the code generator's own image needs: x86-64-v2. */
    private static final List<String> BASE_X86 = List.of("has_sse3", "has_ssse3", "has_sse41", "has_sse42", "has_popcnt");

    /** Linux's words in {@code /proc/cpuinfo}, and the code generator's. */
    private static final Map<String, String> X86 = Map.ofEntries(
            Map.entry("pni", "has_sse3"),
            Map.entry("ssse3", "has_ssse3"),
            Map.entry("sse4_1", "has_sse41"),
            Map.entry("sse4_2", "has_sse42"),
            Map.entry("popcnt", "has_popcnt"),
            Map.entry("avx", "has_avx"),
            Map.entry("avx2", "has_avx2"),
            Map.entry("fma", "has_fma"),
            Map.entry("bmi1", "has_bmi1"),
            Map.entry("bmi2", "has_bmi2"),
            Map.entry("abm", "has_lzcnt"));

    static final Platform IMAGE_X86_64 = new Platform("x86_64", BASE_X86);
    static final Platform IMAGE_AARCH64 = new Platform("aarch64", List.of());

    Platform {
        flags = List.copyOf(flags);
    }

    /** Why this machine has no native engine; empty if it has. */
    static Optional<String> missing() {
        String system = System.getProperty("os.name");
        String architecture = System.getProperty("os.arch");
        if (!system.equals("Linux") || !architecture.equals("amd64") && !architecture.equals("aarch64")) {
            return Optional.of("there is none for " + system + " on " + architecture);
        }
        Platform here = current();
        return here.flags().containsAll(here.image().flags())
                ? Optional.empty()
                : Optional.of("the processor lacks SSE 4.2 or POPCNT");
    }

    /** This machine. */
    static Platform current() {
        if (System.getProperty("os.arch").equals("aarch64")) {
            return IMAGE_AARCH64;
        }
        Set<String> words = processorWords();
        return new Platform("x86_64", X86.entrySet().stream()
                .filter(e -> words.contains(e.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList());
    }

    private static Set<String> processorWords() {
        // One processor's entry is enough, and a large machine has hundreds.
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags"))
                    .findFirst()
                    .map(line -> Arrays.stream(line.substring(line.indexOf(':') + 1).strip().split(" "))
                            .collect(Collectors.toSet()))
                    .orElse(Set.of());
        } catch (IOException | UncheckedIOException e) {
            return Set.of();
        }
    }

    /** The platform whose image of the code generator runs here. */
    Platform image() {
        return architecture.equals("x86_64") ? IMAGE_X86_64 : IMAGE_AARCH64;
    }

    /** The text that the code generator takes. */
    String target() {
        return flags.isEmpty() ? architecture : architecture + " " + String.join(" ", flags);
    }
}
