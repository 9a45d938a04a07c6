package dev.virga.cli;

import static dev.virga.cli.CommandRun.example;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddingDocTest {

    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theProgramInTheDocumentCompilesAndRunsAGuest() throws Exception {
        Path source = folder.resolve("Embedding.java");
        Files.writeString(source, program());
        ByteArrayOutputStream complaints = new ByteArrayOutputStream();
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, complaints, complaints, "-cp", TestClasspath.get(), "-d", folder.toString(), source.toString());
        assertEquals(0, compiled, complaints.toString(StandardCharsets.UTF_8));

        String classpath = folder + java.io.File.pathSeparator + TestClasspath.get();
        Path complaining = folder.resolve("err");
        Process process = new ProcessBuilder(
                        TestClasspath.java(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classpath,
                        "Embedding",
                        example("hello-cli/hello.wasm"),
                        "upper")
                .redirectError(complaining.toFile())
                .start();
        try (var input = process.getOutputStream()) {
            input.write("from a guest\n".getBytes(StandardCharsets.UTF_8));
        }
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), Files.readString(complaining));
        assertEquals("FROM A GUEST\nOk[value=null]\n", printed);
    }

    private static String program() throws IOException {
        String text = Files.readString(Path.of("..", "docs", "embedding.md"));
        Matcher program = PROGRAM.matcher(text);
        assertTrue(program.find(), "docs/embedding.md holds no Java program");
        return program.group(1);
    }
}
