package dev.virga.benchmark;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Kinds of workloads, each with a guest of its own that a component of the user's may stand in for. */
public enum Shape {
    /** An HTTP API that answers a small JSON document. */
    HTTP("api", new Request("GET", "/", Map.of(), new byte[0]), ""),

    /** A policy engine; the policy comes with the request, and the guest gets little memory and time. */
    POLICY("policy", policy(), "limits: {memory: 16Mi, cpu: {deadline: 200ms}}, requestTimeout: 2s"),

    /** A queue's consumer with short input and output; a request is a message and its answer. */
    QUEUE("queue", new Request("POST", "/", Map.of(), "a message".getBytes(StandardCharsets.UTF_8)), ""),

    /** A small component that is started often. */
    EDGE("edge", new Request("GET", "/", Map.of("x-latitude", "48", "x-longitude", "2"), new byte[0]), "");

    private final String guest;
    private final Request request;
    private final String settings;

    Shape(String guest, Request request, String settings) {
        this.guest = guest;
        this.request = request;
        this.settings = settings;
    }

    private static Request policy() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            text.append("deny department = d").append(i).append(" and amount > ").append(i * 1000).append('\n');
        }
        text.append("allow role in clerk,manager and amount < 10000\n---\nrole=clerk\namount=4200\ndepartment=d7x");
        return new Request("POST", "/", Map.of(), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The resource with its own component. */
    String guest() {
        return guest;
    }

    /** What its own component is asked. */
    public Request request() {
        return request;
    }

    /** Whether a server of HTTP alone can stand in for the host. */
    boolean isHttp() {
        return this != QUEUE;
    }

    /**
     * The manifest of a workload that answers for the host name {@code NAME.test}.
     *
     * @param producer sends messages, for a queue
     * @param pool how many instances are kept; 0 for a new one for each call
     * @param more settings of {@code virga}, or empty
     */
    String manifest(String name, Path component, Path producer, int pool, String more) {
        boolean queue = this == QUEUE;
        String own = more.isEmpty() ? settings : more;
        return """
                ---
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: WorkloadDeployment
                metadata: {name: %1$s}
                spec:
                  replicas: 1
                  template:
                    spec:
                      hostInterfaces:
                        - {namespace: wasi, package: http, interfaces: [incoming-handler]}
                        - {namespace: wasi, package: keyvalue, interfaces: [store, atomics, batch]}
                        - {namespace: wasi, package: config, interfaces: [store]}
                        - {namespace: wasi, package: logging, interfaces: [logging]}
                %2$s
                      components:
                        - {name: guest, image: "file:%3$s", poolSize: %4$d}
                %5$s
                virga: {%6$s%7$s ingress: {routes: [{host: %1$s.test, component: %8$s}]}}
                """
                .formatted(
                        name,
                        queue ? "        - {namespace: wasmcloud, package: messaging, interfaces: [consumer, handler], "
                                + "config: {subscriptions: benchmark.work}}" : "",
                        component,
                        pool,
                        queue ? "        - {name: producer, image: \"file:" + producer + "\", poolSize: " + pool + "}" : "",
                        own,
                        own.isEmpty() ? "" : ",",
                        queue ? "producer" : "guest");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
