package dev.virga.hostapi.message;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyName;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Messages in the JSON form of Protocol Buffers: names in lowerCamelCase, 64-bit numbers as strings, enums by name,
 * no field that has its default. Read as that form asks for: also names as the definition has them, numbers in either
 * form, enums by number, null for a default. Unknown fields are skipped: a newer scheduler may have them.
 */
public final class ProtoJson {

    /** As large as a workload's manifest may be, with room for escapes. */
    static final int MOST_BYTES = 4 << 20;

    private static final int DEEPEST = 32;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(MOST_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .addModule(new Jdk8Module())
            .annotationIntrospector(new DefinedNames())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(
                    DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                    DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_DEFAULT, JsonInclude.Include.ALWAYS))
            .build()
            .setDefaultSetterInfo(JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.FAIL));

    private ProtoJson() {}

    /** @throws MessageException if it is too large, no JSON, or not of this form */
    public static <T> T read(byte[] bytes, Class<T> type) {
        if (bytes.length > MOST_BYTES) {
            throw new MessageException("the message has " + bytes.length + " bytes; at most " + MOST_BYTES + " are taken");
        }
        try {
            T read = MAPPER.readValue(bytes, type);
            if (read == null) {
                throw new MessageException("the message is null");
            }
            return read;
        } catch (JsonMappingException e) {
            throw new MessageException("the message's field " + path(e) + " is not what it should be");
        } catch (JsonProcessingException e) {
            throw new MessageException("the message is not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new MessageException("the message is not JSON");
        }
    }

    /** Without the value, which may be secret. */
    private static String path(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(r -> r.getFieldName() == null ? "[" + r.getIndex() + "]" : "." + r.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "(all of it)" : path.substring(1);
    }

    public static byte[] write(Object message) {
        try {
            return MAPPER.writeValueAsString(message).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a message cannot be written", e);
        }
    }

    /** Gives each field the name that it has in the definition, too: {@code workload_id} for {@code workloadId}. */
    private static final class DefinedNames extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public List<PropertyName> findPropertyAliases(Annotated member) {
            if (member instanceof AnnotatedParameter parameter
                    && parameter.getDeclaringClass().isRecord()) {
                String name = parameter.getDeclaringClass().getRecordComponents()[parameter.getIndex()].getName();
                String defined = name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
                return List.of(PropertyName.construct(defined));
            }
            return super.findPropertyAliases(member);
        }
    }
}
