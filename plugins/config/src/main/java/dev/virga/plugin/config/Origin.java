package dev.virga.plugin.config;

import dev.virga.plugin.WorkloadName;

/** Where values come from, as the host's operator has defined it. */
interface Origin {

    /**
     * For one workload; only checks.
     *
     * @throws dev.virga.plugin.PluginException.Refused if the workload may not use it
     */
    Opened open(WorkloadName workload);

    /** For a running workload. */
    interface Opened extends AutoCloseable {

        /** @throws dev.virga.plugin.PluginException.Unavailable if the values cannot be read */
        void start();

        /** The values now. */
        Values values();

        @Override
        void close();
    }

    /** Values that do not change. */
    static Opened fixed(Values values) {
        return new Opened() {
            @Override
            public void start() {}

            @Override
            public Values values() {
                return values;
            }

            @Override
            public void close() {}
        };
    }
}
