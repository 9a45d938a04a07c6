package dev.virga.cli.host;

import dev.virga.cli.OutputFormat;
import picocli.CommandLine.Option;

/** The flag {@code --output}, with the short form that tools for clusters have. */
final class OutputFlag {

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Print results as ${COMPLETION-CANDIDATES} (default: text).")
    private OutputFormat format = OutputFormat.TEXT;

    boolean json() {
        return format == OutputFormat.JSON;
    }
}
