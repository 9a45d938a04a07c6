package dev.virga.cli.convert;

import dev.virga.host.manifest.Processors;
import dev.virga.host.shape.Size;
import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** What a pod asks for and may use, as what a workload asks for and its limits. */
final class Resources {

    private static final int LARGEST_SHARE = 10_000;
    private static final long SMALLEST = 65_536;
    /** From here on whole ones are written, and more than the most cannot be, see {@link Processors}. */
    private static final BigDecimal MANY = BigDecimal.valueOf(999);

    private static final BigDecimal MOST = BigDecimal.valueOf(999_999);

    private Resources() {}

    static void add(List<Item> containers, Commented settings) {
        Commented limits = new Commented();
        long memory = 0;
        BigDecimal processors = sum(containers, "cpu");
        for (Item container : containers) {
            Item resources = container.at("resources");
            memory = Math.addExact(memory, amount(resources.at("limits", "memory"))
                    .or(() -> amount(resources.at("requests", "memory")))
                    .map(BigDecimal::longValue)
                    .orElse(0L));
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
        settings.put("requests", requests(containers));
    }

    /** As for a pod: what each container asks for, or else may use. */
    private static Commented requests(List<Item> containers) {
        Commented requests = new Commented();
        long memory = sum(containers, "memory").longValue();
        BigDecimal processors = sum(containers, "cpu");
        if (memory > 0 || processors.signum() > 0) {
            requests.note("TODO what the containers asked for; the scheduler gives a host no more than it has room for,"
                    + " and a component needs a small part of it.");
        }
        if (memory > 0) {
            requests.put("memory", new Size(memory).toString());
        }
        if (processors.signum() > 0) {
            boolean many = processors.compareTo(MANY) >= 0;
            BigDecimal rounded = processors.setScale(many ? 0 : 3, RoundingMode.CEILING).min(MOST);
            requests.put("cpu", new Processors(rounded.movePointRight(3).longValue()).toString());
        }
        return requests;
    }

    private static BigDecimal sum(List<Item> containers, String what) {
        return containers.stream()
                .map(container -> container.at("resources"))
                .map(resources -> amount(resources.at("requests", what))
                        .or(() -> amount(resources.at("limits", what)))
                        .orElse(BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
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
