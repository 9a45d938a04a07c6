package dev.virga.plugin.postgres;

import dev.virga.component.RecordValue;
import java.util.LinkedHashMap;
import java.util.Map;

final class Records {

    private Records() {}

    /** @param fields names and values in turns */
    static RecordValue of(Object... fields) {
        Map<String, Object> named = LinkedHashMap.newLinkedHashMap(fields.length / 2);
        for (int i = 0; i < fields.length; i += 2) {
            named.put((String) fields[i], fields[i + 1]);
        }
        return new RecordValue(named);
    }
}
