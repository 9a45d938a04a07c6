package dev.virga.operator.crd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a schema of single fields cannot say, as rules that an API server checks. */
final class Rules {

    private Rules() {}

    /** Adds a rule in the Common Expression Language to a schema. */
    private static void add(Map<String, Object> schema, String rule, String message) {
        List<Object> rules = new ArrayList<>();
        if (schema.get("x-kubernetes-validations") instanceof List<?> before) {
            rules.addAll(before);
        }
        rules.add(Schema.of("rule", rule, "message", message));
        schema.put("x-kubernetes-validations", rules);
    }

    static void workload(Map<String, Object> spec, boolean artifacts) {
        add(spec, "(has(self.components) && self.components.size() > 0) || has(self.service)",
                "needs at least one component or a service");
        interfaces(Schema.at(spec, "hostInterfaces"));
        unique(Schema.at(spec, "components"));
        unique(Schema.at(spec, "volumes"));
        add(Schema.at(spec, "volumes", "[]"), "has(self.ephemeral) != has(self.hostPath)",
                "needs either ephemeral or hostPath");
        if (!artifacts) {
            for (Map<String, Object> image : List.of(
                    Schema.at(spec, "components", "[]", "image"), Schema.at(spec, "service", "image"))) {
                add(image, "!self.startsWith('artifact://')",
                        "only a WorkloadDeployment has artifacts; name the image itself");
            }
        }
    }

    /** The two that wasmCloud has. */
    private static void interfaces(Map<String, Object> interfaces) {
        String same = "y.__namespace__ == x.__namespace__ && y.__package__ == x.__package__";
        add(interfaces,
                "self.all(x, self.exists_one(y, " + same
                        + " && (has(y.name) ? y.name : '') == (has(x.name) ? x.name : '')"
                        + " && (has(y.version) ? y.version : '') == (has(x.version) ? x.version : '')))",
                "the same interface stands here twice, with the same name and version");
        add(interfaces,
                "self.all(x, (has(x.name) && x.name != '') || self.filter(y, " + same
                        + " && !(has(y.name) && y.name != '')).size() == 1)",
                "only one interface of a package may be without a name; give each its own name");
    }

    /** No two items with one name; cheaper for an API server than a rule. */
    static void unique(Map<String, Object> list) {
        list.put("x-kubernetes-list-type", "map");
        list.put("x-kubernetes-list-map-keys", List.of("name"));
    }

    static void virga(Map<String, Object> virga) {
        add(Schema.at(virga, "rollout"),
                "!has(self.maxSurge) || !(string(self.maxSurge) in ['0', '0%'])"
                        + " || (has(self.maxUnavailable) && !(string(self.maxUnavailable) in ['0', '0%']))",
                "maxSurge and maxUnavailable are both 0, so nothing could be replaced");
    }
}
