package dev.virga.cli.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CommandRun;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorCommandTest {

    @Test
    void definitionsArePrintedForKubectl() {
        CommandRun run = CommandRun.of("operator", "--crds");
        assertEquals(0, run.exitCode(), run.err());
        List<String> names = run.out().lines().filter(l -> l.startsWith("  name: ")).map(l -> l.substring(8)).toList();
        assertEquals(
                List.of("artifacts", "hosts", "workloaddeployments", "workloadreplicasets", "workloads").stream()
                        .map(plural -> plural + ".runtime.wasmcloud.dev")
                        .toList(),
                names);
    }

    @Test
    void withoutAServerItSaysWhatIsMissing() {
        CommandRun run = CommandRun.of("operator");
        assertEquals(2, run.exitCode());
        assertTrue(run.err().contains("Add --nats URL"), run::err);
    }
}
