package dev.virga.cli.conformance;

import dev.virga.engine.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs scripts side by side, each with a time limit. */
final class Suite {

    /** How long an interrupted script may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Engine engine;
    private final Duration timeout;
    private final Semaphore slots;

    Suite(Engine engine, Duration timeout, int jobs) {
        this.engine = engine;
        this.timeout = timeout;
        slots = new Semaphore(jobs);
    }

    /** The results, in the order of the scripts. */
    List<ScriptResult> run(List<Located> scripts) throws InterruptedException {
        List<Future<ScriptResult>> running = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Located located : scripts) {
                running.add(executor.submit(() -> {
                    slots.acquire();
                    try {
                        return run(located);
                    } finally {
                        slots.release();
                    }
                }));
            }
            List<ScriptResult> results = new ArrayList<>();
            for (Future<ScriptResult> one : running) {
                results.add(one.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new ScriptException("cannot run the scripts: " + e.getCause());
        }
    }

    /** @param folder the name that the summary counts the script under */
    record Located(Script script, String folder) {}

    private ScriptResult run(Located located) throws IOException, InterruptedException {
        Script script = located.script();
        return script.isComponents()
                ? run(located, new ComponentMachine(engine))
                : run(located, new CoreMachine(engine));
    }

    private <D, I> ScriptResult run(Located located, Machine<D, I> machine) throws InterruptedException {
        Tally tally = new Tally(located);
        ScriptRun<D, I> run = new ScriptRun<>(machine);
        FutureTask<Void> work = new FutureTask<>(() -> {
            try (machine) {
                located.script().commands().forEach(command -> tally.count(command, run));
            }
            return null;
        });
        Thread.ofVirtual().start(work);
        if (!ends(work, timeout)) {
            machine.interrupt("the script's limit of " + timeout.toSeconds() + " s passed");
            if (!ends(work, GRACE)) {
                work.cancel(true);
            }
        }
        return tally.result();
    }

    private static boolean ends(Future<?> work, Duration limit) throws InterruptedException {
        try {
            work.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new ScriptException("cannot end a script: " + e.getCause());
        }
    }

    /** Counts while a script runs. */
    private static final class Tally {
        private final Located located;
        private final List<ScriptResult.Failure> failures = new ArrayList<>();
        private final Map<String, Integer> skipped = new HashMap<>();
        private int passed;
        private int done;

        Tally(Located located) {
            this.located = located;
        }

        void count(Command command, ScriptRun<?, ?> run) {
            Optional<String> skip = skipped(command);
            Optional<String> wrong = skip.isPresent() ? Optional.empty() : run.execute(command);
            synchronized (this) {
                done++;
                if (skip.isPresent()) {
                    skipped.merge(skip.get(), 1, Integer::sum);
                } else if (wrong.isPresent()) {
                    failures.add(new ScriptResult.Failure(command.line(), wrong.get()));
                } else {
                    passed++;
                }
            }
        }

        private Optional<String> skipped(Command command) {
            boolean isText = source(command).filter(s -> s.binary().isEmpty()).isPresent();
            return isText ? Optional.of(Gates.TEXT) : Gates.reason(located.script(), command);
        }

        private static Optional<Command.Source> source(Command command) {
            return switch (command) {
                case Command.Module m -> Optional.of(m.source());
                case Command.Definition d -> Optional.of(d.source());
                case Command.AssertRefused r -> Optional.of(r.source());
                default -> Optional.empty();
            };
        }

        /** Commands that a stuck script did not come to are failures. */
        synchronized ScriptResult result() {
            List<Command> commands = located.script().commands();
            for (Command command : commands.subList(done, commands.size())) {
                failures.add(new ScriptResult.Failure(command.line(), "not run: the script did not end in time"));
            }
            return new ScriptResult(
                    located.folder(), located.script().source(), passed, failures, skipped);
        }
    }
}
