package dev.virga.wasi;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells the operator what the guest cannot be told: once per kind, what it was refused and how to
 * grant it, where the guest itself sees an error code only.
 */
public final class Diagnostics {

    private static final int MAX_DETAIL = 200;

    private final Consumer<String> lines;
    private final Optional<CapabilityListener> listener;
    private final Function<MissingGrant, String> remedies;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    /** @param lines takes one line at a time */
    public Diagnostics(Consumer<String> lines) {
        this(lines, Optional.empty());
    }

    /** @param listener is told of each use and of each refusal, also of those that are no new line */
    public Diagnostics(Consumer<String> lines, Optional<CapabilityListener> listener) {
        this(lines, listener, MissingGrant::flag);
    }

    /** @param remedies says how a grant is added, where that is not by a flag */
    public Diagnostics(
            Consumer<String> lines, Optional<CapabilityListener> listener, Function<MissingGrant, String> remedies) {
        this.lines = lines;
        this.listener = listener;
        this.remedies = remedies;
    }

    /**
     * @param kind of what the guest wanted, for example {@code sockets}
     * @param detail what exactly; may hold text of the guest
     */
    public void refused(String kind, String detail, MissingGrant missing) {
        refused(kind, detail, () -> remedies.apply(missing));
    }

    /**
     * @param kind of what the guest wanted, for example {@code sockets}
     * @param detail what exactly; may hold text of the guest
     * @param remedy what to do about it where no grant is missing, for example {@code raise the limit}
     */
    public void refused(String kind, String detail, String remedy) {
        refused(kind, detail, () -> remedy);
    }

    private void refused(String kind, String detail, Supplier<String> remedy) {
        listener.ifPresent(l -> l.refused(kind, harmless(detail)));
        if (told.add(kind)) {
            lines.accept(kind + " refused: " + harmless(detail) + " (" + harmless(remedy.get()) + ")");
        }
    }

    /**
     * Something that was granted is used.
     *
     * @param kind as for a refusal
     * @param target what exactly; asked for only if somebody listens
     */
    public void used(String kind, Supplier<String> target) {
        listener.ifPresent(l -> l.used(kind, harmless(target.get())));
    }

    /** Tells of something that went wrong on the host and that the guest cannot be told. */
    public void failed(String what, Exception cause) {
        lines.accept(harmless(what + ": " + cause));
    }

    /** A guest's text must not steer the operator's terminal or fill the log. */
    private static String harmless(String text) {
        String cut = text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) + "…" : text;
        return Harmless.text(cut);
    }
}
