package dev.virga.cli.host;

import dev.virga.cli.CliException;
import dev.virga.host.control.ControlClient;
import dev.virga.host.control.ControlException;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Mixin;

/** The host that a command talks to. */
final class Client {

    @Mixin
    private FolderOption folder;

    /**
     * @return what the use returns
     * @throws CliException.Failed if no host answers, or it refuses
     */
    int use(ToIntFunction<ControlClient> use) {
        try (ControlClient client = new ControlClient(folder.path())) {
            return use.applyAsInt(client);
        } catch (ControlException e) {
            throw new CliException.Failed(e.getMessage());
        }
    }
}
