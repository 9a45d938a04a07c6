package dev.virga.operator;

import java.nio.file.Path;
import java.util.Optional;

class OperatorOnMockServerTest extends OperatorContract {

    @Override
    Optional<Cluster> cluster(Path folder) {
        return Optional.of(new MockCluster());
    }
}
