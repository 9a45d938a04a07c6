package dev.virga.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does, whatever the API server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OperatorContract {

    private Optional<Cluster> cluster = Optional.empty();

    /** Nothing where there is none. */
    abstract Optional<Cluster> cluster(Path folder) throws IOException;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException {
        cluster = cluster(folder);
    }

    @AfterAll
    void close() {
        cluster.ifPresent(Cluster::close);
    }

    private Optional<Cluster> shared() {
        return cluster.map(Shared::new);
    }

    /** For one group of tests; it stays open for the next. */
    private record Shared(Cluster cluster) implements Cluster {

        @Override
        public KubernetesClient client() {
            return cluster.client();
        }

        @Override
        public void close() {}
    }

    @Nested
    class Rollouts extends RolloutContract {
        @Override
        Optional<Cluster> cluster(Path folder) {
            return shared();
        }
    }

    @Nested
    class Placements extends PlacementContract {
        @Override
        Optional<Cluster> cluster(Path folder) {
            return shared();
        }
    }

    @Nested
    class Handovers extends HandoverContract {
        @Override
        Optional<Cluster> cluster(Path folder) {
            return shared();
        }
    }

    @Nested
    class Manifests extends ManifestContract {
        @Override
        Optional<Cluster> cluster(Path folder) {
            return shared();
        }
    }

    @Nested
    class RevisionNumbers extends RevisionContract {
        @Override
        Optional<Cluster> cluster(Path folder) {
            return shared();
        }
    }

    @Nested
    class Takeovers extends TakeoverContract {
        @Override
        Optional<Cluster> cluster(Path folder) {
            return shared();
        }
    }
}
