package dev.virga.cli.bench;

import dev.virga.benchmark.BenchmarkException;
import dev.virga.benchmark.OciLayout;
import dev.virga.cli.CliException;
import dev.virga.cli.SizeConverter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.TypeConversionException;

/** The size of a container image, as a number or read from the image. */
final class ImageSize {

    private ImageSize() {}

    static long of(String text) {
        Path path = Path.of(text);
        if (Files.exists(path)) {
            try {
                return OciLayout.bytes(path);
            } catch (BenchmarkException e) {
                throw new CliException.Usage("--image " + e.getMessage());
            }
        }
        try {
            return new SizeConverter().convert(text);
        } catch (TypeConversionException e) {
            throw new CliException.Usage("--image '" + text + "': neither a size such as 85m nor a file or folder");
        }
    }
}
