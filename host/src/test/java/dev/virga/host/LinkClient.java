package dev.virga.host;

import dev.virga.component.Component;
import dev.virga.component.type.ExternDesc;
import dev.virga.component.type.FunctionType;
import dev.virga.engine.Limiter;
import dev.virga.engine.portable.PortableEngine;
import dev.virga.link.LinkAddress;
import dev.virga.link.LinkCall;
import dev.virga.link.LinkFunction;
import dev.virga.link.LinkNetwork;
import dev.virga.plugin.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Calls exports of the test guests over links, for a namespace of its own. */
final class LinkClient implements AutoCloseable {

    static final String NAMESPACE = "client";

    private final LinkNetwork network;
    private final Component provider;

    LinkClient(String url) throws IOException {
        this.network = new LinkNetwork(new Settings(Map.of("url", url)), _ -> {});
        this.provider = Component.load(
                new PortableEngine(Optional.empty()), Files.readAllBytes(TestHost.GUESTS.resolve("provider.wasm")));
    }

    LinkNetwork network() {
        return network;
    }

    FunctionType type(String interfaceName, String function) {
        var exports = (ExternDesc.Instance)
                provider.type().exports().get("test:links/" + interfaceName + "@1.2.0");
        return ((ExternDesc.Func) exports.type().exports().get(function)).type();
    }

    static LinkAddress address(String interfaceName, String workload, String component) {
        return new LinkAddress("default", workload, component, "test:links/" + interfaceName + "@1");
    }

    /** What comes out of a relay. */
    Object call(String relay, String interfaceName, String function, Object... arguments) {
        return call(relay, Duration.ofSeconds(20), Map.of(), interfaceName, function, arguments);
    }

    Object call(
            String relay,
            Duration within,
            Map<String, String> trace,
            String interfaceName,
            String function,
            Object... arguments) {
        LinkFunction codec = new LinkFunction(type(interfaceName, function));
        byte[] answer = network.call(
                address(interfaceName, relay, "relay"),
                new LinkCall(
                        NAMESPACE,
                        function,
                        codec.fingerprint(),
                        within,
                        "request-7",
                        trace,
                        codec.encodeArguments(arguments, network.most())));
        return codec.decodeResult(answer, Limiter.UNLIMITED);
    }

    @Override
    public void close() {
        network.close();
    }
}
