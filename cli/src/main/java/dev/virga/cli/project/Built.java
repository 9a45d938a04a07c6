package dev.virga.cli.project;

import dev.virga.cli.CliException;
import dev.virga.cli.GuestFile;
import dev.virga.component.ComponentException;
import dev.virga.component.wit.ComponentWit;
import dev.virga.wit.World;
import java.nio.file.Path;
import java.util.List;

/**
 * A component that a build has made.
 *
 * @param wrapped whether it came out as a core module
 * @param imports names of what it needs
 * @param exports names of what it offers
 */
record Built(Path path, int size, boolean wrapped, List<String> imports, List<String> exports) {

    /**
     * Looks at what a project's build has made, and wraps it if it is a core module.
     *
     * @throws CliException.Failed if it is no component, or not what the project's world says
     */
    static Built of(Project project) {
        if (!java.nio.file.Files.isRegularFile(project.component())) {
            throw new CliException.Failed("the build has succeeded, but not made " + project.component()
                    + "; say in build.component of " + project.file() + " what it makes");
        }
        GuestFile file = GuestFile.read(project.component());
        boolean module = file.isCoreModule();
        if (module) {
            file = CoreWrapper.wrap(file);
            CoreWrapper.replace(project.component(), file.bytes());
        }
        file.requireComponent();
        try {
            World world = ComponentWit.of(file.bytes()).world();
            WorldCheck.check(project, world);
            return new Built(
                    project.component(),
                    file.bytes().length,
                    module,
                    world.imports().stream().map(World.Item::name).toList(),
                    world.exports().stream().map(World.Item::name).toList());
        } catch (ComponentException e) {
            throw file.refused(e);
        }
    }
}
