package dev.virga.plugin.messaging;

import dev.virga.engine.Limiter;
import dev.virga.plugin.PluginHost;
import dev.virga.plugin.Settings;
import java.time.Duration;
import java.util.List;

/**
 * Carries messages for the workloads of all namespaces, which never hear each other unless the backend's settings
 * say so. Subjects have been checked ({@link Subjects}) before they get here. Used by many threads.
 */
public interface MessagingBackend extends AutoCloseable {

    /** Makes backends; found by {@link java.util.ServiceLoader}. */
    interface Kind {

        /** For settings, for example {@code memory}. */
        String name();

        /**
         * Does not wait for a server.
         *
         * @param backend its name in the host's settings
         * @throws dev.virga.plugin.PluginException.Refused if a setting is wrong
         */
        MessagingBackend open(String backend, Settings settings, PluginHost host);
    }

    /** Whether it keeps a message until it is acknowledged, beyond the end of the host. */
    default boolean durable() {
        return false;
    }

    /**
     * Checks without reaching anything whether it can do this.
     *
     * @throws dev.virga.plugin.PluginException.Refused if not
     */
    default void check(Subscription subscription) {}

    /**
     * Returns when the message is on its way, of a durable backend when it is stored.
     *
     * @throws MessagingException if it is not
     */
    void publish(String namespace, Message message);

    /**
     * Publishes a message with a reply address of its own and waits for answers.
     *
     * @return at least one
     * @throws MessagingException.Timeout if there was none in time
     */
    List<Message> request(String namespace, Message message, Wanted wanted);

    /**
     * What a request waits for.
     *
     * @param replies the most that are waited for; 1 or more
     * @param bytes the most that all bodies together may have
     * @param limiter charged for what has arrived
     */
    record Wanted(Duration timeout, int replies, long bytes, Limiter limiter) {}

    /**
     * Begins to deliver.
     *
     * @throws dev.virga.plugin.PluginException if it cannot begin
     */
    Delivering subscribe(Subscription subscription, Receiver receiver);

    /** A subscription that is served. */
    interface Delivering extends AutoCloseable {

        /** Takes no more messages, and waits as long as this for deliveries that are under way. */
        void drain(Duration grace) throws InterruptedException;

        /** Interrupts deliveries that are under way. */
        @Override
        void close();
    }

    @Override
    void close();
}
