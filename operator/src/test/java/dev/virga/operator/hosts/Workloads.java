package dev.virga.operator.hosts;

import dev.virga.hostapi.TestHost;
import dev.virga.hostapi.message.ProtoJson;
import dev.virga.hostapi.message.WorkloadStartRequest;
import java.nio.charset.StandardCharsets;

/** Messages of tests. */
final class Workloads {

    private Workloads() {}

    /** One of an HTTP component that answers requests for a name. */
    static WorkloadStartRequest api(String id, String name) {
        String json = """
                {"workloadId":"%s","workload":{"namespace":"acme","name":"%s","witWorld":{
                 "components":[{"name":"api","image":"file:%s"}],
                 "hostInterfaces":[{"namespace":"wasi","package":"http","interfaces":["incoming-handler"],
                  "config":{"host":"%s.example"}}]}}}"""
                .formatted(id, name, TestHost.EXAMPLES.resolve("http-api/api.wasm"), name);
        return ProtoJson.read(json.getBytes(StandardCharsets.UTF_8), WorkloadStartRequest.class);
    }
}
