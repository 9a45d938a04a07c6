package dev.virga.plugin;

import java.time.Duration;

/** A plugin for one workload, as one entry of its manifest asks for it. Used by many threads. */
public interface Binding extends AutoCloseable {

    /**
     * The third phase: an instance of the workload is about to call this interface for the first time. Called
     * often, so it must be quick; what has to be reached is reached by the call that needs it.
     *
     * @param api of one of the interfaces that the plugin offers
     */
    <I> I prepare(Class<I> api, InstanceContext instance);

    /**
     * The workload is ready to be called. Whatever the plugin starts now it ends in {@link #close}.
     *
     * @throws PluginException.Refused if the workload does not export what it has to
     * @throws PluginException.Unavailable if a backend that is needed for this is not there
     */
    default void start(Guests guests) {}

    /**
     * The workload is about to go away: takes nothing more from outside for it, and waits as long as this for what it
     * is at. Another copy of it may have taken over already.
     */
    default void drain(Duration grace) throws InterruptedException {}

    /** The workload goes away: it is called no more, and its instances are gone. */
    @Override
    default void close() {}
}
