package dev.virga.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON of objects. */
final class Trees {

    private static final ObjectMapper SORTED =
            JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

    private Trees() {}

    /** The same text for equal trees, whatever the order of their fields. */
    static String canonical(JsonNode tree) {
        try {
            return SORTED.writeValueAsString(SORTED.treeToValue(tree, Object.class));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static ObjectNode of(Map<String, ?> map) {
        return SORTED.valueToTree(map);
    }

    static ObjectNode empty() {
        return SORTED.createObjectNode();
    }

    /** A map of strings; what is no string in it is left out. */
    static Map<String, String> strings(JsonNode tree) {
        Map<String, String> strings = new LinkedHashMap<>();
        tree.properties().forEach(e -> {
            if (e.getValue().isTextual()) {
                strings.put(e.getKey(), e.getValue().textValue());
            }
        });
        return strings;
    }

    static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(item -> {
            if (item.isTextual()) {
                texts.add(item.textValue());
            }
        });
        return texts;
    }
}
