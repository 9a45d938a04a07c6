package dev.virga.component.wit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virga.component.ComponentException;
import dev.virga.wit.Features;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import dev.virga.wit.WitPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComponentWitTest {

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
    void theWorldAndItsPackagesAreToldWithTheNamesOfTheirTypes() throws IOException {
        Path file = conformance().resolve("components/wasi-0.2/async_call.component.wasm");
        assertEquals("""
                package root:component;

                world root {
                  import something:test/test-interface;

                  export run-async: func() -> string;
                  export run-sync: func() -> string;
                }

                package something:test {
                  interface test-interface {
                    call-async: func() -> string;
                    call-sync: func() -> string;
                  }
                }
                """, ComponentWit.of(Files.readAllBytes(file)).text());
    }

    @Test
    void parametersKeepTheNameOfTheirTypeEvenIfItIsPrimitive() throws IOException {
        Path file = conformance().resolve("components/wasi-0.2/flavorful.component.wasm");
        String text = ComponentWit.of(Files.readAllBytes(file)).text();
        assertTrue(text.contains("write-via-stream: func(offset: filesize) -> result<output-stream, error-code>;"), text);
        assertTrue(text.contains("use wasi:clocks/wall-clock@0.2.0.{datetime};"), text);
    }

    /** Every real component: what is printed is WIT again, with the same meaning and the same text. */
    @Test
    void theTextOfRealComponentsParsesToTheSamePackages() throws IOException {
        Path root = conformance();
        int checked = 0;
        for (String folder : List.of("components", "wasi-testsuite")) {
            for (Path file : binaries(root.resolve(folder))) {
                ComponentWit wit = ComponentWit.of(Files.readAllBytes(file));
                Resolution again = Resolution.of(Features.ALL, new Source(file.toString(), wit.text()));
                assertEquals(wit.packages(), again, file.toString());
                assertEquals(wit.text(), WitPrinter.print(again, wit.world().id().packageName()), file.toString());
                checked++;
            }
        }
        assertTrue(checked > 100, "only " + checked + " components found");
    }

    /** Valid, invalid and odd binaries: WIT, or a ComponentException that says why there is none. */
    @Test
    void everyBinaryOfTheSuitesGivesWitOrAClearError() throws IOException {
        Path root = conformance();
        int printed = 0;
        for (String folder : List.of("component-model", "wasmtime")) {
            for (Path file : binaries(root.resolve(folder))) {
                Optional<ComponentWit> wit = read(Files.readAllBytes(file));
                if (wit.isPresent()) {
                    printed++;
                    Resolution again = Resolution.of(Features.ALL, new Source(file.toString(), wit.get().text()));
                    assertEquals(wit.get().packages(), again, file.toString());
                }
            }
        }
        assertTrue(printed > 400, "only " + printed + " components were printed");
    }

    private static Optional<ComponentWit> read(byte[] binary) {
        try {
            return Optional.of(ComponentWit.of(binary));
        } catch (ComponentException e) {
            return Optional.empty();
        }
    }

    @Test
    void changedBytesGiveWitOrAClearError() throws IOException {
        List<Path> files = binaries(conformance().resolve("component-model"));
        Random random = new Random(1);
        long end = System.nanoTime() + Long.getLong("virga.fuzz.seconds", 3) * 1_000_000_000L;
        for (int round = 0; round < 100 || System.nanoTime() < end; round++) {
            byte[] binary = Files.readAllBytes(files.get(random.nextInt(files.size())));
            for (int i = random.nextInt(4); i >= 0 && binary.length > 8; i--) {
                binary[8 + random.nextInt(binary.length - 8)] = (byte) random.nextInt();
            }
            read(binary).ifPresent(ComponentWit::text);
        }
    }

    @Test
    void componentsThatRepeatEachOtherExponentiallyAreRefused() {
        byte[] binary = chain(40, 2);
        ComponentException e = assertThrows(ComponentException.Unsupported.class, () -> ComponentWit.of(binary));
        assertTrue(e.getMessage().contains("written out"), e.getMessage());
    }

    @Test
    void longChainsOfInstantiationsAreRefused() {
        byte[] binary = chain(2_000, 1);
        ComponentException e = assertThrows(ComponentException.Unsupported.class, () -> ComponentWit.of(binary));
        assertTrue(e.getMessage().contains("levels"), e.getMessage());
    }

    /** Components that each instantiate the one before some times; the last one is instantiated. */
    private static byte[] chain(int length, int times) {
        ByteArrayOutputStream root = new ByteArrayOutputStream();
        root.writeBytes(PREAMBLE);
        for (int i = 0; i < length; i++) {
            ByteArrayOutputStream nested = new ByteArrayOutputStream();
            nested.writeBytes(PREAMBLE);
            if (i > 0) {
                // (alias outer 1 (i - 1) (component)), then instances of it
                section(nested, 6, bytes(1, 4, 2, 1), leb(i - 1));
                byte[] instances = bytes(times);
                for (int k = 0; k < times; k++) {
                    instances = join(instances, bytes(0, 0, 0));
                }
                section(nested, 5, instances);
            }
            section(root, 4, nested.toByteArray());
        }
        section(root, 5, bytes(1, 0), leb(length - 1), bytes(0));
        return root.toByteArray();
    }

    private static final byte[] PREAMBLE = bytes(0, 'a', 's', 'm', 0x0d, 0, 1, 0);

    private static void section(ByteArrayOutputStream out, int id, byte[]... parts) {
        byte[] content = join(parts);
        out.write(id);
        out.writeBytes(leb(content.length));
        out.writeBytes(content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] leb(int value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int rest = value;
        while (rest >= 0x80) {
            out.write(rest & 0x7f | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return out.toByteArray();
    }
}
