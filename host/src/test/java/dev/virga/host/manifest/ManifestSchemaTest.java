package dev.virga.host.manifest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.virga.host.shape.Json;
import dev.virga.host.shape.Node;
import dev.virga.host.shape.Problems;
import dev.virga.host.shape.Yaml;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Set the property {@code virga.write} to write the generated files anew. */
class ManifestSchemaTest {

    private static final Path SCHEMA = Path.of("../docs/manifest.schema.json");
    private static final Path GUIDE = Path.of("../docs/manifests.md");
    private static final String TABLES = "<!-- Generated from the code from here on. -->\n\n";
    private static final Schema COMPILED = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ManifestSchema.json());

    static List<Path> samples() {
        return Samples.files();
    }

    static List<BadCase> cases() {
        return BadCase.all();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void acceptsWhatTheParserAccepts(Path file) {
        Set<String> kinds = Stream.of(Kind.values()).map(Kind::toString).collect(Collectors.toSet());
        for (Object document : documents(Samples.text(file))) {
            if (kinds.contains(((Map<?, ?>) document).get("kind"))) {
                assertEquals(List.of(), errors(document));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void refusesWhatOneFieldTells(BadCase bad) {
        boolean refused = documents(bad.text()).stream().anyMatch(document -> !errors(document).isEmpty());
        assertEquals(bad.schemaKnows(), refused);
    }

    @Test
    void explainsEachField() throws IOException {
        new ObjectMapper().readTree(ManifestSchema.json()).get("$defs").forEach(definition ->
                definition.get("properties").forEach(property ->
                        assertTrue(property.has("description") || property.has("const"), property::toString)));
    }

    @Test
    void committedSchemaIsCurrent() throws IOException {
        if (Boolean.getBoolean("virga.write")) {
            Files.writeString(SCHEMA, ManifestSchema.json());
        }
        assertEquals(ManifestSchema.json(), Files.readString(SCHEMA));
    }

    @Test
    void tablesOfTheGuideAreCurrent() throws IOException {
        String guide = Files.readString(GUIDE);
        int tables = guide.indexOf(TABLES) + TABLES.length();
        assertNotEquals(TABLES.length() - 1, tables);
        if (Boolean.getBoolean("virga.write")) {
            guide = guide.substring(0, tables) + ManifestSchema.tables().stripTrailing() + "\n";
            Files.writeString(GUIDE, guide);
        }
        assertEquals(ManifestSchema.tables().stripTrailing() + "\n", guide.substring(tables));
    }

    @Test
    void examplesOfTheGuideAreRight() throws IOException {
        String[] blocks = Files.readString(GUIDE).split("(?m)^```.*\n");
        int parsed = 0;
        for (int i = 1; i < blocks.length; i += 2) {
            if (blocks[i].startsWith("apiVersion:")) {
                ManifestParser.parse("guide", blocks[i]);
                parsed++;
            }
        }
        assertTrue(parsed >= 3);
    }

    private static List<Error> errors(Object document) {
        return COMPILED.validate(Json.print(document), InputFormat.JSON);
    }

    private static List<Object> documents(String text) {
        return Yaml.documents(text, new Problems("")).stream().map(ManifestSchemaTest::tree).toList();
    }

    private static Object tree(Node node) {
        return switch (node) {
            case Node.Scalar s -> switch (s.kind()) {
                case STRING -> s.text();
                case INTEGER -> new BigInteger(s.text());
                case FLOAT -> Double.valueOf(s.text());
                case BOOLEAN -> Boolean.valueOf(s.text());
                // As parsers of editors, which have no nothing: a field without a value is not there.
                case NULL -> "";
            };
            case Node.Sequence list -> list.items().stream().map(ManifestSchemaTest::tree).toList();
            case Node.Mapping mapping -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                mapping.entries().forEach(e -> fields.put(e.key().text(), tree(e.value())));
                yield fields;
            }
        };
    }
}
