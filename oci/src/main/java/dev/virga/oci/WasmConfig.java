package dev.virga.oci;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * The config of a WebAssembly image (CNCF TAG Runtime, Wasm OCI artifact).
 *
 * @param component nothing for a core module
 */
public record WasmConfig(Instant created, Optional<String> author, Optional<Component> component) {

    static final String MEDIA_TYPE = "application/vnd.wasm.config.v0+json";

    /** Names as in the component, for example {@code wasi:http/types@0.2.0}. */
    public record Component(List<String> imports, List<String> exports) {

        public Component {
            imports = List.copyOf(imports);
            exports = List.copyOf(exports);
        }
    }

    /** @param layer the digest of the image's only layer */
    byte[] json(String layer) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("created", created.truncatedTo(ChronoUnit.SECONDS).toString());
        author.ifPresent(name -> config.put("author", name));
        config.put("architecture", "wasm");
        config.put("os", component.isPresent() ? "wasip2" : "wasip1");
        config.putArray("layerDigests").add(layer);
        component.ifPresent(c -> {
            ObjectNode world = config.putObject("component");
            c.exports().forEach(world.putArray("exports")::add);
            c.imports().forEach(world.putArray("imports")::add);
        });
        try {
            return new ObjectMapper().writeValueAsBytes(config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
