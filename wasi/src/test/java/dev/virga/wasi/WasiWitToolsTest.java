package dev.virga.wasi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.component.wit.PackageWit;
import dev.virga.wit.Features;
import dev.virga.wit.Interface;
import dev.virga.wit.Package;
import dev.virga.wit.Problem;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import dev.virga.wit.WitFormatter;
import dev.virga.wit.WitPrinter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What works on WIT works on WASI's. */
class WasiWitToolsTest {

    private static final Path FOLDER = Path.of("src", "main", "resources", "wit");

    /** Each package with its worlds. */
    private static List<List<Source>> packages(UnaryOperator<Source> change) throws IOException {
        List<List<Source>> packages = new ArrayList<>();
        try (Stream<Path> files = Files.list(FOLDER)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".wit")).sorted().toList()) {
                packages.add(List.of(
                        change.apply(source(file)), change.apply(source(FOLDER.resolve("worlds").resolve(file.getFileName())))));
            }
        }
        assertTrue(packages.size() > 5);
        return packages;
    }

    private static Source source(Path file) {
        try {
            return Source.of(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void formattingItTwiceChangesNothingAndItMeansTheSame() throws IOException {
        List<List<Source>> formatted = packages(s -> new Source(s.name(), WitFormatter.format(s)));
        formatted.forEach(p -> p.forEach(s -> assertEquals(s.text(), WitFormatter.format(s), s.name())));
        assertEquals(
                Resolution.of(Features.ALL, packages(UnaryOperator.identity())), Resolution.of(Features.ALL, formatted));
    }

    @Test
    void nothingIsWrongWithIt() throws IOException {
        List<Problem> problems =
                Resolution.problems(Features.ALL, packages(UnaryOperator.identity()), List.of());
        assertEquals(List.of(), problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR).toList());
    }

    @Test
    void itsPackagesAreEncodedAndReadAgain() {
        Resolution all = WasiWit.everything();
        for (Package expected : all.packages()) {
            PackageWit read = PackageWit.of(PackageWit.encode(all, expected)).orElseThrow();
            assertEquals(expected.name(), read.name());
            assertEquals(sorted(expected), sorted(read.packages().find(read.name()).orElseThrow()));
        }
    }

    /** Interfaces are encoded behind those that they use. */
    private static String sorted(Package of) {
        List<Interface> interfaces = of.interfaces().stream().sorted(Comparator.comparing(i -> i.id().name())).toList();
        return WitPrinter.print(new Package(of.name(), of.docs(), interfaces, of.worlds()));
    }
}
