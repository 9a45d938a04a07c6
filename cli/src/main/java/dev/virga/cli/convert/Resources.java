package dev.virga.cli.convert;

import dev.virga.host.shape.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** What a pod may use as limits of a workload. */
final class Resources {

    private static final int LARGEST_SHARE = 10_000;
    private static final long SMALLEST = 65_536;

    private Resources() {}

    static void add(List<Item> containers, Commented settings) {
        Commented limits = new Commented();
        long memory = 0;
        BigDecimal processors = BigDecimal.ZERO;
        for (Item container : containers) {
            Item resources = container.at("resources");
            memory = Math.addExact(memory, amount(resources.at("limits", "memory"))
                    .or(() -> amount(resources.at("requests", "memory")))
                    .map(BigDecimal::longValue)
                    .orElse(0L));
            processors = processors.add(amount(resources.at("requests", "cpu"))
                    .or(() -> amount(resources.at("limits", "cpu")))
                    .orElse(BigDecimal.ZERO));
            others(container, limits);
        }
        if (memory > 0) {
            limits.note("The containers' memory; an instance of a component needs a small part of a container's, and"
                    + " has 256Mi at most unless memory is set here.");
            limits.put("workloadMemory", new Size(Math.max(memory, SMALLEST)).toString());
            if (memory < 256L << 20) {
                limits.put("memory", new Size(Math.max(memory, SMALLEST)).toString());
            }
        }
        if (processors.signum() > 0) {
            limits.note("A weight against other workloads, not an amount: here one for each processor asked for. How long"
                    + " a call may compute is cpu.deadline.");
            int share = processors.setScale(0, RoundingMode.CEILING)
                    .min(BigDecimal.valueOf(LARGEST_SHARE))
                    .intValue();
            limits.put("cpu", new Commented().put("share", share));
        }
        settings.put("limits", limits);
    }

    private static void others(Item container, Commented limits) {
        for (String kind : List.of("limits", "requests")) {
            for (String name : container.at("resources", kind).keys()) {
                if (!name.equals("memory") && !name.equals("cpu")) {
                    limits.note("The " + kind + " of " + name + " of " + container.at("name").required()
                            + " have no equivalent.");
                }
            }
        }
    }

    private static Optional<BigDecimal> amount(Item quantity) {
        return quantity.text().map(text -> {
            try {
                BigDecimal amount = Quantity.getAmountInBytes(new Quantity(text));
                if (amount.signum() >= 0 && amount.compareTo(BigDecimal.valueOf(Long.MAX_VALUE >> 8)) < 0) {
                    return amount;
                }
            } catch (IllegalArgumentException | ArithmeticException e) {
                // told below
            }
            throw quantity.wrong("a quantity as Kubernetes has them, for example 64Mi or 500m");
        });
    }
}
