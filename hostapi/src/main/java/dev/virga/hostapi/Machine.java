package dev.virga.hostapi;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/** The machine, or what of it the host's container may use. */
final class Machine {

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private Machine() {}

    /** As most tools name it; Java has a name of its own for one. */
    static String architecture() {
        String name = System.getProperty("os.arch");
        return name.equals("amd64") ? "x86_64" : name;
    }

    static String system() {
        return System.getProperty("os.name").toLowerCase(Locale.ROOT);
    }

    static String kernel() {
        return System.getProperty("os.version");
    }

    /** In percent since the last time that it was asked for; 0 where that is not known. */
    static float cpuUsage() {
        double load = SYSTEM.getCpuLoad();
        return load > 0 ? (float) (load * 100) : 0;
    }

    static long memory() {
        return SYSTEM.getTotalMemorySize();
    }

    static long freeMemory() {
        return SYSTEM.getFreeMemorySize();
    }
}
