package dev.virga.cli.host;

import dev.virga.cli.CliException;
import dev.virga.cli.cluster.ClusterFlags;
import dev.virga.host.control.ControlClient;
import dev.virga.host.control.ControlException;
import dev.virga.host.control.ControlPlane;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;

/** The host, or the cluster, that a command talks to. */
final class Client {

    @Mixin
    private FolderOption folder;

    @Mixin
    private ClusterFlags cluster;

    /**
     * @return what the use returns
     * @throws CliException.Failed if nobody answers, or it is refused
     */
    int use(ToIntFunction<ControlPlane> use) {
        try (ControlPlane plane = cluster.open().orElseGet(() -> new ControlClient(folder.path()))) {
            return use.applyAsInt(plane);
        } catch (ControlException e) {
            throw new CliException.Failed(e.getMessage());
        }
    }
}
