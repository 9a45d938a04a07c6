package dev.virga.plugin.messaging;

import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Within one host, and only while it runs: at most once, but nothing that was accepted is dropped while it does. */
final class MemoryBackend implements MessagingBackend {

    /** {@code memory}, with the settings {@code queueMessages} and {@code queueBytes} of each subscription. */
    public static final class Kind implements MessagingBackend.Kind {

        private static final int QUEUE_MESSAGES = 1024;
        private static final int MOST_MESSAGES = 1_000_000;
        private static final long QUEUE_BYTES = 16 << 20;
        private static final long MOST_BYTES = 16L << 30;

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public MessagingBackend open(String backend, Settings settings, PluginHost host) {
            settings.allow(Set.of("queueMessages", "queueBytes"));
            int messages = settings.number("queueMessages", 1, MOST_MESSAGES).orElse(QUEUE_MESSAGES);
            long bytes = settings.bytes("queueBytes", 1, MOST_BYTES).orElse(QUEUE_BYTES);
            return new MemoryBackend(messages, bytes, host);
        }
    }

    private final int queueMessages;
    private final long queueBytes;
    private final PluginHost host;
    private final Map<String, MemorySpace> spaces = new ConcurrentHashMap<>();

    MemoryBackend(int queueMessages, long queueBytes, PluginHost host) {
        this.queueMessages = queueMessages;
        this.queueBytes = queueBytes;
        this.host = host;
    }

    private MemorySpace space(String namespace) {
        return spaces.computeIfAbsent(namespace, _ -> new MemorySpace());
    }

    @Override
    public void publish(String namespace, Message message) {
        space(namespace).publish(message);
    }

    @Override
    public List<Message> request(String namespace, Message message, Wanted wanted) {
        return space(namespace).request(message, wanted);
    }

    @Override
    public Delivering subscribe(Subscription subscription, Receiver receiver) {
        MemorySpace space = space(subscription.workload().namespace());
        return space.add(new MemoryQueue(space, subscription, receiver, queueMessages, queueBytes, host));
    }

    @Override
    public void close() {
        spaces.values().forEach(MemorySpace::close);
    }
}
