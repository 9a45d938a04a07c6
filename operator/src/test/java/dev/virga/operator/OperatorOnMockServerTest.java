package dev.virga.operator;

import java.nio.file.Path;

class OperatorOnMockServerTest extends OperatorContract {

    @Override
    Cluster cluster(Path folder) {
        return new MockCluster();
    }
}
