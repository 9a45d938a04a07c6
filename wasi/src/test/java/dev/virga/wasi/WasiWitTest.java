package dev.virga.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.ResourceType;
import dev.virga.component.wit.ComponentWit;
import dev.virga.component.wit.WitTypes;
import dev.virga.wit.Features;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Package;
import dev.virga.wit.PackageName;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import dev.virga.wit.WitPrinter;
import dev.virga.wit.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WasiWitTest {

    @Test
    void interfacesAreFoundByNameAndParsedOnce() {
        Interface types = WasiWit.interfaceOf("wasi:http/types");
        assertEquals("wasi:http/types@0.2.12", types.id().toString());
        assertTrue(types.findFunction("[static]response-outparam.set").isPresent());
        assertSame(types, WasiWit.interfaceOf("wasi:http/types"));
    }

    @Test
    void everyInterfaceOfEveryPackageIsFound() {
        WasiWit.everything().packages().stream()
                .flatMap(p -> p.interfaces().stream())
                .forEach(i -> assertEquals(
                        i, WasiWit.interfaceOf("wasi:" + i.id().packageName().name() + "/" + i.id().name())));
    }

    @Test
    void unknownInterfacesAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> WasiWit.interfaceOf("wasi:nn/tensor"));
        assertThrows(IllegalArgumentException.class, () -> WasiWit.interfaceOf("wasi:io/nothing"));
        assertThrows(IllegalArgumentException.class, () -> WasiWit.interfaceOf("io"));
    }

    @Test
    void theWorldsOfCommandsAndServersAreThere() {
        Resolution all = WasiWit.everything();
        World command = all.findWorld(Id.parse("wasi:cli/command@0.2.12").orElseThrow()).orElseThrow();
        World proxy = all.findWorld(Id.parse("wasi:http/proxy@0.2.12").orElseThrow()).orElseThrow();
        assertEquals(28, command.imports().size());
        assertEquals("wasi:cli/run@0.2.12", command.exports().getFirst().name());
        assertEquals(11, proxy.imports().size());
        assertEquals("wasi:http/incoming-handler@0.2.12", proxy.exports().getFirst().name());
    }

    /** What real components import is there with the same types: names, order of cases, parameters. */
    @Test
    void interfacesThatRealComponentsImportAreTheSameHere() throws IOException {
        Path root = conformance();
        int checked = 0;
        for (Path file : binaries(root.resolve("components"))) {
            for (Package pack : ComponentWit.of(Files.readAllBytes(file)).packages().packages()) {
                PackageName name = pack.name();
                if (name.namespace().equals("wasi") && name.version().orElseThrow().toString().startsWith("0.2.")) {
                    pack.interfaces().forEach(i -> assertWithin(i, file));
                    checked += pack.interfaces().size();
                }
            }
        }
        assertTrue(checked > 200, "only " + checked + " interfaces found");
    }

    private static void assertWithin(Interface theirs, Path file) {
        String name = "wasi:" + theirs.id().packageName().name() + "/" + theirs.id().name();
        Interface ours = WasiWit.interfaceOf(name);
        // Resources are the same if their interfaces have the same name but for the version.
        Map<String, ResourceType> resources = new HashMap<>();
        WitTypes types = new WitTypes(d -> resources.computeIfAbsent(
                d.owner().packageName().name() + "/" + d.owner().name() + "." + d.name(), ResourceType::new));
        Map<String, ExternDesc> offered = types.instance(ours).exports();
        types.instance(theirs).exports().forEach((export, type) ->
                assertEquals(type, offered.get(export), file.getFileName() + ": " + name + " " + export));
    }

    private static Path conformance() {
        Optional<Path> root = Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                .map(p -> p.resolve("shared/conformance"))
                .filter(Files::isDirectory)
                .findFirst();
        assumeTrue(root.isPresent(), "skipped: no shared/conformance in any folder above this checkout");
        return root.get();
    }

    private static List<Path> binaries(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(f -> f.toString().endsWith(".wasm")).sorted().toList();
        }
    }

    @Test
    void theTextsPrintAndParseToTheSameModel() {
        Resolution all = WasiWit.everything();
        for (Package root : all.packages()) {
            String text = WitPrinter.print(all, root.name());
            Resolution again = Resolution.of(Features.ALL, new Source("printed.wit", text));
            assertEquals(Set.copyOf(all.packages()), Set.copyOf(again.packages()));
            assertEquals(text, WitPrinter.print(again, root.name()));
        }
    }
}
