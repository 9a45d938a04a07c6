package dev.virga.cli.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virga.cli.CommandRun;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelpCommandTest {

    private static final Path GROFF = Path.of("/usr/bin/groff");

    @Test
    void helpIsThatOfTheCommand() {
        assertEquals(CommandRun.of("oci", "push", "--help").out(), CommandRun.of("help", "oci", "push").out());
        assertEquals(CommandRun.of("--help").out(), CommandRun.of("help").out());
        CommandRun wrong = CommandRun.of("help", "oci", "pusch");
        assertEquals(2, wrong.exitCode());
        assertTrue(wrong.err().contains("did you mean push?"), wrong.err());
    }

    @Test
    void eachCommandHasAManPageThatGroffUnderstands(@TempDir Path folder) throws Exception {
        CommandRun run = CommandRun.of("help", "--man", folder.toString());
        assertEquals(0, run.exitCode(), run.err());
        List<Path> pages;
        try (var files = Files.list(folder)) {
            pages = files.sorted().toList();
        }
        assertTrue(pages.contains(folder.resolve("virga.1")) && pages.contains(folder.resolve("virga-oci-push.1")), pages.toString());
        Assumptions.assumeTrue(Files.isExecutable(GROFF), "groff is not installed");
        for (Path page : pages) {
            assertEquals("", groff("-ww", "-z", page.toString()), page.toString());
        }
        String push = groff("-Tutf8", "-P-cbou", folder.resolve("virga-oci-push.1").toString());
        assertTrue(push.contains("\n       --annotation=KEY=VALUE\n              An annotation of the image."), push);
        assertTrue(push.contains("\nEXAMPLES\n       virga oci push ghcr.io/me/shop:1.0.0 shop.wasm\n"), push);
        assertTrue(push.contains("\nSEE ALSO\n       virga-oci(1)"), push);
    }

    private static String groff(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of(GROFF.toString(), "-man", "-Kutf8"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text;
    }
}
