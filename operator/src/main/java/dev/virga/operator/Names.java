package dev.virga.operator;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names that the operator gives, and those of its own labels and annotations. */
final class Names {

    /**
     * Annotation of replica sets: the number of the rollout that made them, or came back to them. On a deployment it is
     * the greatest that one of its sets was given.
     */
    static final String REVISION = "virga.dev/revision";

    /** Annotation of replica sets that did not become ready in time; a rollout does not try them again. */
    static final String FAILED = "virga.dev/failed";

    /** Annotation of replica sets of which enough have been ready: as which revision. Only these are gone back to. */
    static final String WORKED = "virga.dev/worked";

    /** Annotation of deployments: the revision that runs as long as this stands here, whatever the template says. */
    static final String ROLLBACK_TO = "virga.dev/rollback-to";

    /** Annotation of templates with the digest of the settings that they only name. */
    static final String CONFIG_HASH = "virga.dev/config-hash";

    /** Annotation of objects on clusters that know only wasmCloud's schema, with what {@code virga} holds otherwise. */
    static final String SETTINGS = "virga.dev/settings";

    /** Annotation of hosts that get no new workloads. */
    static final String CORDON = "virga.dev/cordon";

    /** Label of workloads with the name of their replica set. */
    static final String REPLICA_SET_LABEL = "virga.dev/replica-set";

    private static final int LONGEST_NAME = 253;
    private static final int LONGEST_LABEL = 63;
    private static final int DIGEST = 10;

    private Names() {}

    /** Of small letters and digits, the same for the same text. */
    static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGEST);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A name that is cut where it would be too long. */
    static String name(String owner, String suffix) {
        int room = LONGEST_NAME - suffix.length() - 1;
        String start = owner.length() <= room ? owner : owner.substring(0, room - DIGEST - 1) + "-" + digest(owner);
        return start + "-" + suffix;
    }

    /** A name as a label's value. */
    static String label(String name) {
        return name.length() <= LONGEST_LABEL
                ? name
                : name.substring(0, LONGEST_LABEL - DIGEST - 1) + "-" + digest(name);
    }
}
