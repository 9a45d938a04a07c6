package dev.virga.cli.project;

import dev.virga.cli.CliException;
import java.io.PrintStream;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Builds a project and runs it, again whenever it has changed. */
final class DevSession implements AutoCloseable {

    private final Path folder;
    private final DevHost host;
    private final DevLog log;
    private final PrintStream output;
    private final Thread thread;
    private Project project;
    private Optional<String> made = Optional.empty();
    private Optional<BuildRun> run = Optional.empty();
    private boolean closed;

    /** @param output gets what builds print */
    DevSession(Project project, DevHost host, DevLog log, PrintStream output) {
        this.folder = project.folder();
        this.project = project;
        this.host = host;
        this.log = log;
        this.output = output;
        this.thread = Thread.ofVirtual().name("dev").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    private void work() {
        try {
            boolean build = true;
            while (true) {
                try (SourceWatch watch = new SourceWatch(project)) {
                    build = untilProjectChanges(watch, build);
                }
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            // it is over
        } catch (CliException e) {
            log.line("ERROR " + e.getMessage());
        }
    }

    /** Returns when the project's own file has changed and can be read. */
    private boolean untilProjectChanges(SourceWatch watch, boolean buildFirst) throws InterruptedException {
        boolean build = buildFirst;
        while (true) {
            update(build);
            Set<Path> changed = watch.changed();
            String names = changed.stream().limit(3).map(p -> folder.relativize(p).toString()).toList().toString();
            log.line("changed: " + names.substring(1, names.length() - 1)
                    + (changed.size() > 3 ? " and " + (changed.size() - 3) + " more" : ""));
            if (changed.contains(project.file()) && reread()) {
                return true;
            }
            build = !(project.dev().manifest() instanceof DevManifest.File(Path manifest)
                    && changed.equals(Set.of(manifest)));
        }
    }

    private boolean reread() {
        try {
            project = ProjectFiles.read(folder);
            return true;
        } catch (CliException e) {
            log.line("ERROR " + e.getMessage());
            return false;
        }
    }

    /** What goes wrong is told; what ran before goes on. */
    private void update(boolean build) throws InterruptedException {
        try {
            if (build) {
                build();
            }
            long begun = System.nanoTime();
            Built built = Built.of(project);
            DevWorkload.Read workload = DevWorkload.read(project, built);
            tell(workload.yaml());
            host.run(workload.manifests());
            long millis = (System.nanoTime() - begun) / 1_000_000;
            List<String> routes = host.routes();
            log.line("serving it " + millis + " ms after the " + (build ? "build" : "change")
                    + (routes.isEmpty() ? "" : ", at " + String.join(", ", routes)));
            if (build) {
                WorldCheck.check(project, built.world());
            }
        } catch (CliException e) {
            log.line("ERROR " + e.getMessage());
        } catch (RuntimeException e) { // whatever it is, the next change may do away with it
            log.line("ERROR " + e);
        }
    }

    private void build() {
        String command = project.dev().command().orElse(project.command());
        log.line("building: " + command);
        BuildRun begun = begin(command);
        try (begun) {
            begun.await(output);
        }
    }

    private synchronized BuildRun begin(String command) {
        if (closed) {
            throw new CliException.Failed("it stops");
        }
        BuildRun begun = new BuildRun(project, command);
        run = Optional.of(begun);
        return begun;
    }

    private void tell(Optional<String> yaml) {
        if (yaml.isPresent() && !yaml.equals(made)) {
            log.line("there is no manifest, so this one is used; keep it in a file, say `manifest: FILE` in virga.yaml,"
                    + " and change it there:\n" + yaml.get().indent(4).stripTrailing());
        }
        made = yaml;
    }

    /** Stops a build that is under way. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            run.ifPresent(BuildRun::close);
        }
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
