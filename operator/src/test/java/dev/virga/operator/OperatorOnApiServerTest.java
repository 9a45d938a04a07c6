package dev.virga.operator;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

class OperatorOnApiServerTest extends OperatorContract {

    @Override
    Optional<Cluster> cluster(Path folder) throws IOException {
        return ApiServer.isThere() ? Optional.of(ApiServer.withKinds(folder.resolve("api"))) : Optional.empty();
    }
}
