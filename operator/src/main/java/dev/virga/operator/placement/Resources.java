package dev.virga.operator.placement;

/**
 * Of a host, or for a workload.
 *
 * @param memory in bytes
 * @param milliCpu in thousandths of a processor
 */
public record Resources(long memory, long milliCpu) {

    public static final Resources NONE = new Resources(0, 0);

    /** What a host has of which it is not known how much. */
    public static final long UNKNOWN = Long.MAX_VALUE;

    private static final String[] UNITS = {"", "Ki", "Mi", "Gi", "Ti"};

    /** @throws IllegalArgumentException if one is negative */
    public Resources {
        if (memory < 0 || milliCpu < 0) {
            throw new IllegalArgumentException(
                    "memory and CPU cannot be negative: " + memory + " bytes, " + milliCpu + "m");
        }
    }

    /** Sums that no number can hold are the largest number. */
    public Resources plus(Resources more) {
        return new Resources(sum(memory, more.memory), sum(milliCpu, more.milliCpu));
    }

    private static long sum(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    /** In the largest unit that it is a whole number of, for example 64Mi. */
    String memoryText() {
        long amount = memory;
        int unit = 0;
        while (amount > 0 && amount % 1024 == 0 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return amount + UNITS[unit];
    }

    /** For example 500m, or 2. */
    String cpuText() {
        return milliCpu % 1000 == 0 ? Long.toString(milliCpu / 1000) : milliCpu + "m";
    }
}
