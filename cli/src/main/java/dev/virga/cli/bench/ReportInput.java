package dev.virga.cli.bench;

import dev.virga.benchmark.report.Report;
import dev.virga.benchmark.report.ReportFile;
import dev.virga.cli.AtomicFile;
import dev.virga.cli.CliException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reports that commands are given. */
final class ReportInput {

    private static final long LONGEST = 64 << 20;

    private ReportInput() {}

    /** @throws CliException.Usage if it cannot be read, or is none */
    static Report read(Path path) {
        try {
            if (Files.size(path) > LONGEST) {
                throw new CliException.Usage(path + ": longer than " + (LONGEST >> 20) + " MiB, which no report is");
            }
            return ReportFile.read(Files.readAllBytes(path));
        } catch (IOException e) {
            throw new CliException.Usage(path + ": cannot be read: " + AtomicFile.reason(e));
        } catch (IllegalArgumentException e) {
            throw new CliException.Usage(path + ": " + e.getMessage());
        }
    }
}
