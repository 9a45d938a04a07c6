package dev.virga.plugin.messaging;

import dev.virga.engine.Limiter;
import dev.virga.plugin.Backends;
import dev.virga.plugin.Binding;
import dev.virga.plugin.Grant;
import dev.virga.plugin.Guests;
import dev.virga.plugin.Handled;
import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.PluginException;
import dev.virga.plugin.PluginHost;
import java.time.Duration;
import java.util.Optional;

/** One entry of one workload. */
final class MessagingBinding implements Binding {

    private static final int DURABLE_MAX_DELIVER = 5;

    private final Grant grant;
    private final EntrySettings settings;
    private final MessagingBackend backend;
    private final String system;
    private final PluginHost host;
    private Optional<MessagingBackend.Delivering> delivering = Optional.empty();

    MessagingBinding(
            Grant grant, EntrySettings settings, Backends.Named<MessagingBackend> named, PluginHost host) {
        this.grant = grant;
        this.settings = settings;
        this.backend = named.backend();
        this.system = named.kind();
        this.host = host;
    }

    void check() {
        if (!backend.durable() && grant.settings().text("ackWait").isPresent()) {
            throw new PluginException.Refused("the setting \"ackWait\" has no meaning with this backend, which does not"
                    + " keep messages; remove it, or choose a durable backend");
        }
        if (!settings.subscriptions().isEmpty()) {
            backend.check(settings.subscription(grant, Limiter.UNLIMITED));
        }
    }

    @Override
    public <I> I prepare(Class<I> api, InstanceContext instance) {
        return api.cast(implementation(api, instance));
    }

    private Object implementation(Class<?> api, InstanceContext instance) {
        if (api == BrokerMessage.Types.class) {
            return BrokerMessage.Types.INSTANCE;
        }
        Sender sender = new Sender(backend, system, grant, instance);
        if (api == WasmcloudConsumer.class) {
            return new WasmcloudConsumer(sender);
        }
        if (api == Producer.class) {
            return new Producer(sender);
        }
        Holding holding = new Holding(instance.limiter(), grant.limits());
        instance.onClose(holding);
        return api == RequestReply.class ? new RequestReply(sender, holding) : new WasiTypes(holding);
    }

    @Override
    public void start(Guests guests) {
        boolean wasi = grant.packageName().equals("wasi:messaging");
        Handled<?> handled = wasi ? MessagingPlugin.WASI_HANDLER : MessagingPlugin.WASMCLOUD_HANDLER;
        boolean exported = guests.export(handled);
        if (settings.subscriptions().isEmpty()) {
            if (exported) {
                host.log(grant.workload() + ": " + handled.name() + " is exported and never called, since " + grant
                        + " has no setting \"subscriptions\"");
            }
            return;
        }
        if (!exported) {
            throw new PluginException.Refused(grant + ": there are subscriptions, but no component exports "
                    + handled.name());
        }
        Subscription subscription = settings.subscription(grant, guests.limiter());
        int maxDeliver = settings.maxDeliver().orElse(backend.durable() ? DURABLE_MAX_DELIVER : 1);
        delivering = Optional.of(backend.subscribe(
                subscription,
                new Deliveries(
                        subscription,
                        wasi ? Deliveries.wasi(guests, system, subscription) : Deliveries.wasmcloud(guests, system),
                        maxDeliver,
                        settings.deadLetter(),
                        backend,
                        host)));
    }

    @Override
    public void drain(Duration grace) throws InterruptedException {
        if (delivering.isPresent()) {
            delivering.get().drain(grace);
        }
    }

    @Override
    public void close() {
        delivering.ifPresent(MessagingBackend.Delivering::close);
    }
}
