package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.Settings;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where the subjects of a namespace lie on the server: {@code PREFIX.NAMESPACE.SUBJECT}, so that no namespace reaches
 * another's, nor what else is on the server. Shared, they lie there as they are, for all namespaces together.
 *
 * <p>Answers go to {@code _INBOX.NAMESPACE.…}. Where someone outside of the namespace asks, the workload is given his
 * reply subject with a code before it that only this host makes; what it publishes to that goes out as it is.
 */
final class Tenancy {

    private static final String INBOX = "_INBOX.";
    private static final String REPLY = "_REPLY.";
    private static final int CODE_BYTES = 16;
    private static final int LONGEST_REPLY = 512;

    private final String root;
    private final boolean shared;
    private final SecretKeySpec key;

    Tenancy(String root, boolean shared) {
        this.root = root;
        this.shared = shared;
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /** @param more put behind the prefix, for what must not be found among other things */
    static Tenancy of(Settings settings, String more) {
        String prefix = settings.text("prefix").orElse("virga");
        if (!prefix.matches("[A-Za-z0-9_-]{1,32}")) {
            throw new PluginException.Refused("the setting \"prefix\" must be letters, digits, _ and -; at most 32");
        }
        return new Tenancy(prefix + more, settings.flag("shared").orElse(false));
    }

    boolean shared() {
        return shared;
    }

    /** All of a namespace's; only where they are not shared. */
    String all(String namespace) {
        return root + "." + namespace + ".>";
    }

    /** A name for what is a namespace's own, without dots. */
    String name(String namespace) {
        return root + "_" + namespace;
    }

    /** What a workload subscribes to. */
    String pattern(String namespace, String pattern) {
        return shared ? pattern : root + "." + namespace + "." + pattern;
    }

    /** What a workload publishes to; empty for a reply subject with a code that this host did not make. */
    Optional<String> outer(String namespace, String subject) {
        if (shared) {
            return Optional.of(subject);
        }
        if (subject.startsWith(INBOX)) {
            return Optional.of(INBOX + namespace + "." + subject.substring(INBOX.length()));
        }
        if (subject.startsWith(REPLY)) {
            int dot = subject.indexOf('.', REPLY.length());
            String outer = subject.substring(dot + 1);
            boolean genuine = dot > 0
                    && MessageDigest.isEqual(
                            subject.substring(REPLY.length(), dot).getBytes(StandardCharsets.US_ASCII),
                            code(namespace, outer).getBytes(StandardCharsets.US_ASCII));
            return Optional.of(outer).filter(_ -> genuine);
        }
        return Optional.of(pattern(namespace, subject));
    }

    /** What a workload is told that a message was published to. */
    String inner(String namespace, String outer) {
        String before = root + "." + namespace + ".";
        return !shared && outer.startsWith(before) ? outer.substring(before.length()) : outer;
    }

    /** What a workload is told to answer to; none where an answer could do harm. */
    Optional<String> innerReply(String namespace, String outer) {
        if (outer == null || outer.isEmpty() || outer.startsWith("$") || outer.length() > LONGEST_REPLY) {
            return Optional.empty();
        }
        if (shared) {
            return Optional.of(outer);
        }
        String before = INBOX + namespace + ".";
        if (outer.startsWith(before)) {
            return Optional.of(INBOX + outer.substring(before.length()));
        }
        return Optional.of(REPLY + code(namespace, outer) + "." + outer);
    }

    private String code(String namespace, String outer) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            byte[] code = mac.doFinal((namespace + " " + outer).getBytes(StandardCharsets.UTF_8));
            byte[] part = java.util.Arrays.copyOf(code, CODE_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(part);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has " + key.getAlgorithm(), e);
        }
    }
}
