package dev.virga.plugin.config;

import dev.virga.plugin.Offered;
import dev.virga.plugin.WitFiles;
import java.util.List;
import java.util.Map;

/** The interfaces that are offered. */
final class Wit {

    static final String SECRETS = "wasmcloud:secrets";

    private static final WitFiles FILES = new WitFiles(Wit.class, "config", "secrets");

    static final List<Offered<?>> OFFERED = List.of(
            FILES.offer("wasi:config/store@0.2.0-rc.1", ConfigStore.class),
            FILES.offer(SECRETS + "/store@2.1.0", SecretStore.class, Map.of("secret", Secret.class)),
            FILES.offer(SECRETS + "/reveal@2.1.0", SecretReveal.class),
            FILES.offer(SECRETS + "/secret@2.1.0", OneSecret.class));

    private Wit() {}
}
