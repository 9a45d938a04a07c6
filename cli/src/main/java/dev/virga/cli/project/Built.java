package dev.virga.cli.project;

import dev.virga.cli.CliException;
import dev.virga.cli.GuestFile;
import dev.virga.component.ComponentException;
import dev.virga.component.wit.ComponentWit;
import dev.virga.wit.World;
import java.nio.file.Files;
import java.util.List;

/**
 * A component that a build has made.
 *
 * @param wrapped whether it came out as a core module
 */
record Built(GuestFile file, boolean wrapped) {

    /**
     * Takes what a project's build has made, and wraps it if it is a core module.
     *
     * @throws CliException.Failed if it is nothing of that kind
     */
    static Built of(Project project) {
        if (!Files.isRegularFile(project.component())) {
            throw new CliException.Failed("the build has succeeded, but not made " + project.component()
                    + "; say in build.component of " + project.file() + " what it makes");
        }
        GuestFile file = GuestFile.read(project.component());
        if (file.isCoreModule()) {
            GuestFile component = CoreWrapper.wrap(file);
            CoreWrapper.replace(project.component(), component.bytes());
            return new Built(component, true);
        }
        file.requireComponent();
        return new Built(file, false);
    }

    /**
     * What it imports and exports.
     *
     * @throws CliException.Failed if it is damaged or invalid
     */
    World world() {
        try {
            return ComponentWit.of(file.bytes()).world();
        } catch (ComponentException e) {
            throw file.refused(e);
        }
    }

    static List<String> names(List<World.Item> items) {
        return items.stream().filter(i -> !(i instanceof World.Item.Type)).map(World.Item::name).toList();
    }
}
