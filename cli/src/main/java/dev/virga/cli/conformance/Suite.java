package dev.virga.cli.conformance;

import dev.virga.cli.MemoryLimit;
import dev.virga.engine.Engine;
import dev.virga.engine.Trap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs scripts side by side, each within limits of its own. */
final class Suite {

    private final List<Engine> engines;
    private final ScriptLimits limits;
    private final Filter filter;

    /** @param engines a script runs on the first, and where that lacks a feature of it on the others: what skips least counts */
    Suite(List<Engine> engines, ScriptLimits limits, Filter filter) {
        this.engines = List.copyOf(engines);
        this.limits = limits;
        this.filter = filter;
    }

    /** The results of those that are scripts, in their order. */
    List<ScriptResult> run(List<ScriptFile> files, int jobs) throws InterruptedException {
        List<Callable<Optional<ScriptResult>>> work = new ArrayList<>();
        for (ScriptFile file : files) {
            work.add(() -> run(file));
        }
        List<ScriptResult> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(jobs)) {
            for (Future<Optional<ScriptResult>> one : executor.invokeAll(work)) {
                one.get().ifPresent(results::add);
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot run the scripts", e.getCause());
        }
        return results;
    }

    private Optional<ScriptResult> run(ScriptFile file) throws InterruptedException {
        try {
            Optional<Script> script = ScriptReader.read(file.path());
            if (script.isEmpty() && !file.asked()) {
                return Optional.empty();
            }
            return Optional.of(run(
                    file, script.orElseThrow(() -> new ScriptException("JSON without a list \"commands\""))));
        } catch (ScriptException | Trap e) {
            return Optional.of(ScriptResult.unusable(file, e.getMessage()));
        } catch (OutOfMemoryError e) {
            return Optional.of(ScriptResult.unusable(file, Tally.HEAP_USED_UP));
        }
    }

    private ScriptResult run(ScriptFile file, Script script) throws InterruptedException {
        Tally tally = run(engines.getFirst(), file, script);
        ScriptResult result = tally.result();
        if (!tally.isLacking()) {
            return result;
        }
        for (Engine next : engines.subList(1, engines.size())) {
            ScriptResult other = run(next, file, script).result();
            result = other.skips().size() < result.skips().size() ? other : result;
        }
        return result;
    }

    private Tally run(Engine engine, ScriptFile file, Script script) throws InterruptedException {
        MemoryLimit memory = new MemoryLimit(limits.memory());
        Tally tally = new Tally(engine.name(), file, script, filter.line(), memory);
        Machine<?, ?> machine =
                script.components() ? new ComponentMachine(engine, memory) : new CoreMachine(engine, memory);
        ScriptThread.run(tally, machine, limits.timeout());
        return tally;
    }
}
