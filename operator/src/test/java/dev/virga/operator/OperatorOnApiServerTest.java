package dev.virga.operator;

import java.io.IOException;
import java.nio.file.Path;

class OperatorOnApiServerTest extends OperatorContract {

    @Override
    Cluster cluster(Path folder) throws IOException {
        return new ApiServer(folder.resolve("api"));
    }
}
