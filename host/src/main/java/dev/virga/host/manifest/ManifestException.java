package dev.virga.host.manifest;

import dev.virga.host.shape.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** Manifests that cannot be used. The message has a line for each problem. */
public final class ManifestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient List<Problem> problems;

    public ManifestException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** At least one; of a file in the order of its text. */
    public List<Problem> problems() {
        return problems;
    }
}
