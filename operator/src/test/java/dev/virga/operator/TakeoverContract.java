package dev.virga.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virga.host.manifest.ConfigSources;
import dev.virga.hostapi.TestHost;
import dev.virga.operator.resource.DeploymentObject;
import dev.virga.operator.resource.ReplicaSetObject;
import dev.virga.operator.resource.WorkloadObject;
import dev.virga.operator.resource.WorkloadStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hosts that serve, and what wasmCloud's operator leaves behind. */
abstract class TakeoverContract extends OperatorFixture {

    @Test
    void realHostsServeWhatADeploymentAsksFor(@TempDir Path data) throws Exception {
        try (TestHost one = new TestHost(data, "one-" + namespace, TestHost.nats(nats.url()));
                TestHost other = new TestHost(data, "other-" + namespace, TestHost.nats(nats.url()))) {
            String shop = deployment("shop", 2, "1", "")
                    .replace("{test: " + namespace + "}", "{zone: a}")
                    .replace("registry.local/shop:1", "file:" + TestHost.EXAMPLES.resolve("http-api/api.wasm"))
                    + "      hostInterfaces:\n"
                    + "        - {namespace: wasi, package: http, interfaces: [incoming-handler], config: {host: NAME}}\n";
            String here = namespace + ".first.test";
            String there = namespace + ".second.test";
            apply(shop.replace("NAME", here));
            ready("shop");
            assertEquals(200, one.get(here));
            assertEquals(200, other.get(here));
            apply(shop.replace("NAME", there));
            until(() -> get(one, there) == 200 && get(other, there) == 200);
            ready("shop");
            until(() -> get(one, here) == 404 && get(other, here) == 404);
            client.resources(DeploymentObject.class).inNamespace(namespace).withName("shop").delete();
            until(() -> get(one, there) == 404 && get(other, there) == 404);
            until(() -> workloads().isEmpty());
        }
    }

    /** It gives sets and workloads random names, and none of our annotations. */
    @Test
    void whatWasmCloudsOperatorHasMadeIsTakenOverAsItIs() {
        operator.close();
        apply(deployment("shop", 2, "1", ""));
        DeploymentObject shop = client.resources(DeploymentObject.class).inNamespace(namespace).withName("shop").get();
        ReplicaSetObject set = new ReplicaSetObject();
        set.getMetadata().setName("shop-x2x4");
        set.getMetadata().setNamespace(namespace);
        set.getMetadata().setOwnerReferences(List.of(Writes.owner(shop)));
        set.setSpec(Trees.empty().put("replicas", 2));
        set.getSpec().set("template", shop.field("template"));
        set = client.resource(set).create();
        for (int i = 0; i < 2; i++) {
            WorkloadObject workload = new WorkloadObject();
            workload.getMetadata().setName("shop-x2x4-" + i);
            workload.getMetadata().setNamespace(namespace);
            workload.getMetadata().setOwnerReferences(List.of(Writes.owner(set)));
            workload.getMetadata().setAnnotations(Map.of("runtime.wasmcloud.dev/workload-replica-set-generation", "x7"));
            workload.setSpec(shop.field("template").path("spec").deepCopy());
            workload = client.resource(workload).create();
            String id = workload.getMetadata().getUid();
            hosts.get(i).running().put(id, StartRequests.of(
                    id, Read.manifest(dev.virga.host.manifest.Workload.class, workload), Map.of(), "",
                    ConfigSources.of(List.of())));
            workload.setStatus(new WorkloadStatus(List.of(), hosts.get(i).id(), "", id, List.of(), List.of(), ""));
            client.resource(workload).updateStatus();
        }
        operator = operator();
        ready("shop");
        assertEquals(1, sets().size());
        assertEquals(
                List.of("shop-x2x4-0", "shop-x2x4-1"),
                workloads().stream().map(w -> w.getMetadata().getName()).sorted().toList());
        assertEquals(0, hosts.stream().mapToInt(SimulatedHost::starts).sum(), "nothing was started again");
    }

    private static int get(TestHost host, String name) {
        try {
            return host.get(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
