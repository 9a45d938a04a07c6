package dev.virga.cli.project;

import dev.virga.host.shape.Field;
import dev.virga.host.shape.Node;
import dev.virga.host.shape.Place;
import dev.virga.host.shape.Problems;
import dev.virga.host.shape.Struct;
import dev.virga.host.shape.Text;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code virga.yaml}. */
record ProjectFile(
        @Field("How the component is built.") Build build,
        @Field("How it runs while it is worked on.") Optional<Dev> dev,
        @Field("The file with the workload's manifest. Without it one is made by `virga dev`.") Optional<String> manifest,
        @Field(value = "The folder with the project's WIT.", fallback = "wit") String wit,
        @Field("The world of it that the component is for, if there are several.") Optional<String> world) {

    record Build(
            @Field(value = "A command for the shell, run in the project's folder.", text = Text.NOT_EMPTY) String command,
            @Field(value = "Variables for it.", keys = Text.SETTING) Map<String, String> env,
            @Field(value = "The file that it makes.", text = Text.NOT_EMPTY) String component) {}

    record Dev(
            @Field("A command that builds instead, for example without optimization.") Optional<String> command,
            @Field("HOST:PORT to listen on.") Optional<String> address,
            @Field("Files and folders to watch. Without it all that is not hidden or made.") List<String> watch) {}

    static Optional<Project> read(Node document, Problems problems, Path folder, Path file) {
        return Struct.of(ProjectFile.class).read(new Place(document, "", problems)).map(f -> f.in(folder, file));
    }

    private Project in(Path folder, Path file) {
        DevManifest from = manifest.<DevManifest>map(m -> new DevManifest.File(folder.resolve(m)))
                .orElse(DevManifest.Made.PLAIN);
        return new Project(
                folder,
                file,
                build.command(),
                build.env(),
                folder.resolve(build.component()).normalize(),
                folder.resolve(wit),
                world,
                new Project.Dev(
                        dev.flatMap(Dev::command),
                        dev.flatMap(Dev::address),
                        dev.map(Dev::watch).orElse(List.of()).stream().map(folder::resolve).toList(),
                        from),
                List.of());
    }
}
