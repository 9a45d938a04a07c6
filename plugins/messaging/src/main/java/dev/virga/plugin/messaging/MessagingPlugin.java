package dev.virga.plugin.messaging;

import dev.virga.plugin.Backends;
import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Handled;
import dev.virga.plugin.Offered;
import dev.virga.plugin.Plugin;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.WitFiles;
import java.util.List;
import java.util.Map;

final class MessagingPlugin implements Plugin {

    static final Handled<WasmcloudHandler> WASMCLOUD_HANDLER =
            new Handled<>("wasmcloud:messaging/handler@0.2.0", WasmcloudHandler.class);
    static final Handled<IncomingHandler> WASI_HANDLER =
            new Handled<>("wasi:messaging/incoming-handler@0.2.0-draft", IncomingHandler.class);

    private static final WitFiles FILES = new WitFiles(MessagingPlugin.class, "wasmcloud-messaging", "wasi-messaging");
    private static final List<Offered<?>> OFFERED = List.of(
            FILES.offer("wasmcloud:messaging/types@0.2.0", BrokerMessage.Types.class),
            FILES.offer("wasmcloud:messaging/consumer@0.2.0", WasmcloudConsumer.class),
            FILES.offer(
                    "wasi:messaging/types@0.2.0-draft",
                    WasiTypes.class,
                    Map.of("client", Client.class, "message", GuestMessage.class)),
            FILES.offer("wasi:messaging/producer@0.2.0-draft", Producer.class),
            FILES.offer(
                    "wasi:messaging/request-reply@0.2.0-draft",
                    RequestReply.class,
                    Map.of("request-options", RequestOptions.class)));

    private static final String DEFAULT = "default";

    private final Backends<MessagingBackend> backends;
    private final PluginHost host;

    /** @param backends closed with it */
    MessagingPlugin(Backends<MessagingBackend> backends, PluginHost host) {
        this.backends = backends;
        this.host = host;
    }

    @Override
    public List<Offered<?>> offered() {
        return OFFERED;
    }

    @Override
    public List<Handled<?>> handled() {
        return List.of(WASMCLOUD_HANDLER, WASI_HANDLER);
    }

    @Override
    public Binding bind(Grant grant) {
        try {
            EntrySettings settings = EntrySettings.of(grant);
            Backends.Named<MessagingBackend> backend = backend(settings);
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

    private Backends.Named<MessagingBackend> backend(EntrySettings settings) {
        String otherwise = backends.names().contains(DEFAULT) ? DEFAULT : MessagingProvider.MEMORY;
        return backends.named(settings.backend().orElse(otherwise));
    }

    @Override
    public void close() {
        backends.close();
    }
}
