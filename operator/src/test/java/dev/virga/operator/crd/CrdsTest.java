package dev.virga.operator.crd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.host.shape.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CrdsTest {

    private static final Path FOLDER = Path.of("src/main/resources/crds");

    @Test
    void committedDefinitionsAreThoseOfTheRecords() throws IOException {
        boolean write = Boolean.getBoolean("virga.write");
        for (Map.Entry<String, Map<String, Object>> crd : Crds.all().entrySet()) {
            Path file = FOLDER.resolve(crd.getKey() + ".yaml");
            String text = Yaml.print(List.of(crd.getValue()));
            if (write) {
                Files.writeString(file, text);
            }
            assertEquals(text, Files.readString(file), () -> file + " is old; run this test with -Dvirga.write=true");
        }
    }
}
