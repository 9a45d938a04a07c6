package dev.virga.cli.project;

import dev.virga.cli.CliException;
import dev.virga.host.shape.Field;
import dev.virga.host.shape.Node;
import dev.virga.host.shape.Place;
import dev.virga.host.shape.Problems;
import dev.virga.host.shape.Struct;
import dev.virga.host.shape.Yaml;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A project that is in the jar, so that it can be begun without a network. */
record Template(String name, Description description) {

    private static final List<String> NAMES = List.of(
            "rust-http", "rust-http-keyvalue", "rust-queue", "rust-service-tcp", "js-http", "python-http", "go-http",
            "c-http");
    private static final String DESCRIPTION = "template.yaml";

    /** @param wasi the version that WASI's own packages get */
    record Description(
            @Field("What it is, for people.") String description,
            @Field("Files of WIT of this host's that it needs.") List<String> wit,
            @Field("The version of WASI's packages.") Optional<String> wasi) {}

    static List<Template> all() {
        return NAMES.stream().map(Template::named).toList();
    }

    static Optional<Template> find(String name) {
        return Optional.of(name).filter(NAMES::contains).map(Template::named);
    }

    private static Template named(String name) {
        Problems problems = new Problems(name);
        List<Node> documents = Yaml.documents(resource("/dev/virga/cli/project/" + name + "/" + DESCRIPTION), problems);
        return new Template(
                name,
                Struct.of(Description.class)
                        .read(new Place(documents.getFirst(), "", problems))
                        .orElseThrow(() -> new IllegalStateException(problems.list().toString())));
    }

    /** Contents by path, with this name in them; the path's separator is a slash. */
    Map<String, String> files(ProjectName project) {
        Map<String, String> files = new LinkedHashMap<>();
        try {
            read(files);
        } catch (IOException | URISyntaxException e) {
            throw new CliException.Failed("the template " + name + " cannot be read: " + e);
        }
        files.remove(DESCRIPTION);
        Optional.ofNullable(files.remove("gitignore")).ifPresent(text -> files.put(".gitignore", text));
        files.replaceAll((_, text) ->
                text.replace("PROJECT_NAME", project.text()).replace("PROJECT_CRATE", project.crate()));
        for (String wit : description.wit()) {
            files.put("wit/deps/" + wit + ".wit", versioned(resource("/wit/" + wit + ".wit")));
        }
        return files;
    }

    /** What appeared after that version is there as well: who does not use it does not notice. */
    private String versioned(String wit) {
        return description.wasi()
                .map(version -> wit.replaceAll("@0\\.2\\.\\d+\\b(?!-)", "@" + version)
                        .replaceAll("(version = )0\\.2\\.\\d+", "$1" + version))
                .orElse(wit);
    }

    private void read(Map<String, String> files) throws IOException, URISyntaxException {
        URL url = Template.class.getResource(name);
        if (url.openConnection() instanceof JarURLConnection jar) {
            try (FileSystem inside = FileSystems.newFileSystem(Path.of(jar.getJarFileURL().toURI()))) {
                read(inside.getPath(jar.getEntryName()), files);
            }
        } else {
            read(Path.of(url.toURI()), files);
        }
    }

    private static void read(Path folder, Map<String, String> files) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
            }
        }
    }

    private static String resource(String path) {
        try (InputStream in = Template.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CliException.Failed(path + " cannot be read: " + e);
        }
    }
}
