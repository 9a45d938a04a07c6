package dev.virga.plugin.postgres;

import java.util.Optional;

/**
 * What is connected to, and as whom.
 *
 * @param schema that names without one are looked up in
 * @param rootCert a PEM file of certificates that are trusted instead of the JVM's
 */
record Server(
        String host,
        int port,
        String database,
        String user,
        Optional<String> password,
        Optional<String> schema,
        Tls tls,
        Optional<String> rootCert,
        PostgresLimits limits) {

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
