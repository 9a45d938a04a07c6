package dev.virga.host;

/** Workloads of the test guests. */
final class LinkManifests {

    private LinkManifests() {}

    /** Answers calls of relays. */
    static String provider(String more) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Workload
                metadata: {name: answers, namespace: default}
                spec: {components: [{name: provider, image: "file:%s/provider.wasm", poolSize: 4}]}
                virga: {%s}
                """.formatted(TestHost.GUESTS, more);
    }

    static final String SERVES =
            """
            serves: [{interface: "test:links/values@1.2.0", to: [default]}, {interface: "test:links/work@1.2.0"}]\
            """;

    /** Answers calls of the client by calls of the provider. */
    static String relay(String name, String namespace, String deadline, String more) {
        return """
                apiVersion: runtime.wasmcloud.dev/v1alpha1
                kind: Workload
                metadata: {name: %1$s, namespace: %2$s}
                spec: {components: [{name: relay, image: "file:%5$s/relay.wasm", poolSize: 4}]}
                virga:
                  links:
                    - {interface: "test:links/values@1.2.0", to: %4$s, deadline: %3$s}
                    - {interface: "test:links/work@1.0.0", component: relay, to: %4$s, deadline: %3$s}
                  serves:
                    - {interface: "test:links/values@1.2.0", to: [client]}
                    - {interface: "test:links/work@1.2.0", component: relay, to: [client]}
                  %6$s
                """.formatted(
                name,
                namespace,
                deadline,
                "{namespace: default, workload: answers, component: provider}",
                TestHost.GUESTS,
                more);
    }
}
