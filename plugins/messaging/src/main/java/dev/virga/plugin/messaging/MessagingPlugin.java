package dev.virga.plugin.messaging;

import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Handled;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.wasi.WasiWit;
import dev.virga.wit.Id;
import dev.virga.wit.Interface;
import dev.virga.wit.Resolution;
import dev.virga.wit.Source;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

final class MessagingPlugin implements Plugin {

    static final Handled<WasmcloudHandler> WASMCLOUD_HANDLER =
            new Handled<>("wasmcloud:messaging/handler@0.2.0", WasmcloudHandler.class);
    static final Handled<IncomingHandler> WASI_HANDLER =
            new Handled<>("wasi:messaging/incoming-handler@0.2.0-draft", IncomingHandler.class);

    private static final String DEFAULT = "default";

    private final Map<String, MessagingBackend> backends;
    private final PluginHost host;

    /** @param backends by name; closed with it */
    MessagingPlugin(Map<String, MessagingBackend> backends, PluginHost host) {
        this.backends = backends;
        this.host = host;
    }

    private static final class Wit {
        static final Resolution RESOLVED = WasiWit.interfaces(read("wasmcloud-messaging"), read("wasi-messaging"));

        static Interface of(String name) {
            return Id.parse(name).flatMap(RESOLVED::findInterface).orElseThrow();
        }

        private static Source read(String file) {
            String path = "/wit/" + file + ".wit";
            try (InputStream in = MessagingPlugin.class.getResourceAsStream(path)) {
                return Source.of(path, in.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public List<Offered<?>> offered() {
        return List.of(
                new Offered<>(Wit.of("wasmcloud:messaging/types@0.2.0"), BrokerMessage.Types.class),
                new Offered<>(Wit.of("wasmcloud:messaging/consumer@0.2.0"), WasmcloudConsumer.class),
                new Offered<>(
                        Wit.of("wasi:messaging/types@0.2.0-draft"),
                        WasiTypes.class,
                        Map.of("client", Client.class, "message", GuestMessage.class)),
                new Offered<>(Wit.of("wasi:messaging/producer@0.2.0-draft"), Producer.class),
                new Offered<>(
                        Wit.of("wasi:messaging/request-reply@0.2.0-draft"),
                        RequestReply.class,
                        Map.of("request-options", RequestOptions.class)));
    }

    @Override
    public List<Handled<?>> handled() {
        return List.of(WASMCLOUD_HANDLER, WASI_HANDLER);
    }

    @Override
    public Binding bind(Grant grant) {
        try {
            EntrySettings settings = EntrySettings.of(grant);
            MessagingBackend backend = backend(settings);
            String namespace = grant.workload().namespace();
            if (namespace.contains(".") || Subjects.problem(namespace, 255).isPresent()) {
                throw new PluginException.Refused(
                        "the namespace \"" + namespace + "\" cannot be part of a subject: it must be a DNS label");
            }
            MessagingBinding binding = new MessagingBinding(grant, settings, backend, host);
            binding.check();
            return binding;
        } catch (PluginException.Refused e) {
            throw new PluginException.Refused(grant + ": " + e.getMessage());
        }
    }

    private MessagingBackend backend(EntrySettings settings) {
        String name = settings.backend()
                .orElse(backends.containsKey(DEFAULT) ? DEFAULT : MessagingProvider.MEMORY);
        MessagingBackend backend = backends.get(name);
        if (backend == null) {
            throw new PluginException.Refused("the host has no messaging backend \"" + name + "\"; it has "
                    + new TreeSet<>(backends.keySet()));
        }
        return backend;
    }

    @Override
    public void close() {
        new ArrayList<>(backends.values()).reversed().forEach(MessagingBackend::close);
    }
}
