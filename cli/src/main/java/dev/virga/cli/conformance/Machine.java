package dev.virga.cli.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.virga.cli.conformance.Command.Action;
import dev.virga.engine.Trap;
import java.util.List;
import java.util.Optional;

/**
 * What a script's commands act on: core modules or components.
 *
 * @param <D> a definition, not yet linked
 * @param <I> an instance
 */
interface Machine<D, I> extends AutoCloseable {

    D define(byte[] binary);

    I instantiate(D definition);

    /** Makes a named instance known to what is linked later. */
    void offer(String name, I instance);

    /** Frees an instance that the script cannot name any more, unless another one may use it. */
    void release(I instance);

    /** Whether a name given by {@code module} is enough to be offered, without {@code register}. */
    boolean offersNamed();

    List<Object> perform(I instance, Action action);

    /** What is wrong with the results, if anything. */
    Optional<Difference> mismatch(I instance, Action action, List<Object> results, List<JsonNode> expected);

    /** Whether a trap with this message is the one that the script's text describes. */
    boolean isExpected(Trap trap, String text);

    /** Stops what runs and what is made later, from another thread. */
    void interrupt(String reason);

    @Override
    void close();
}
