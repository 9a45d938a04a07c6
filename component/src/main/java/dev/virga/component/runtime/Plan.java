package dev.virga.component.runtime;

import dev.virga.engine.CoreModule;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * How to instantiate a component: everything is resolved to positions, nested components are spread
 * out into one list of steps.
 *
 * @param parents for each component instance the number of the one that instantiates it; −1 for the
 *     root, which is number 0
 * @param modules the core modules to instantiate, in order; each one's place is its slot
 * @param canons the core functions that {@code canon} definitions make
 * @param lifts the functions that {@code canon lift} definitions make
 * @param resources the resource types that its components define
 * @param implementations the objects that host functions are called on
 * @param exports what the root exports
 * @param elements the types of streams, futures and results that instances compare
 * @param concurrent the component instances that use built-ins for concurrency or asynchronous functions
 * @param blocking those of them whose guest code can block
 * @param threaded those that number their threads
 */
public record Plan(
        int[] parents,
        List<Instantiate> modules,
        List<Canon> canons,
        List<Lift> lifts,
        List<GuestResourceType> resources,
        List<Implementation> implementations,
        Map<String, Item> exports,
        ElementTypes elements,
        BitSet concurrent,
        BitSet blocking,
        BitSet threaded) {

    /**
     * Instantiates a core module on behalf of a component instance.
     *
     * @param imports where each import of the module comes from, in its order
     */
    record Instantiate(int instance, CoreModule module, Item.Core[] imports) {}

    /** Whether instances have tasks that wait, and so an event loop. */
    boolean isConcurrent() {
        return !concurrent.isEmpty();
    }
}
