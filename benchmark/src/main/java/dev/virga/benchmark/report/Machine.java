package dev.virga.benchmark.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where something was measured.
 *
 * @param processor its model, or the architecture where the system does not say
 * @param memory of the machine, bytes
 * @param load how many processes ran or waited to run, on average of a minute, before it began; negative if unknown
 */
public record Machine(String system, String processor, int processors, long memory, String java, double load) {

    public static Machine here() {
        java.lang.management.OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getName() + " " + system.getVersion() + ", " + system.getArch(),
                processor(system.getArch()),
                system.getAvailableProcessors(),
                ((com.sun.management.OperatingSystemMXBean) system).getTotalMemorySize(),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                system.getSystemLoadAverage());
    }

    /** Now. */
    public static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String processor(String architecture) {
        try {
            List<String> lines = Files.readAllLines(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8);
            return lines.stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException e) {
            return architecture;
        }
    }

    /** Whether figures of both may be compared. */
    public boolean isLike(Machine other) {
        return processor.equals(other.processor) && processors == other.processors;
    }
}
