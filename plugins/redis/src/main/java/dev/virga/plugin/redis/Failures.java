package dev.virga.plugin.redis;

import dev.virga.plugin.keyvalue.KeyValueException;
import dev.virga.plugin.keyvalue.KeyValueException.Reason;
import dev.virga.plugin.keyvalue.Numbers;
import java.net.SocketTimeoutException;
import java.util.Optional;
import redis.clients.jedis.exceptions.JedisDataException;

/** What Redis or the way to it does wrong, in the guest's words. */
final class Failures {

    private static final int SHOWN = 200;

    private Failures() {}

    /** Whether Redis has started, but answers nothing until it has read its data. */
    static boolean isStarting(JedisDataException e) {
        return e.getMessage() != null && e.getMessage().startsWith("LOADING ");
    }

    /** An error that Redis answers. */
    static KeyValueException refused(JedisDataException e) {
        String message = Optional.ofNullable(e.getMessage()).orElse("");
        if (message.contains("not an integer")) {
            return Numbers.notNumber();
        }
        if (message.contains("would overflow")) {
            return Numbers.overflow();
        }
        String code = message.split(" ", 2)[0];
        return switch (code) {
            case "WRONGTYPE" -> new KeyValueException(
                    Reason.INVALID, "the key is there in Redis, but holds no plain value", e);
            case "OOM" -> new KeyValueException(Reason.QUOTA, "Redis is out of memory", e);
            case "READONLY", "MASTERDOWN", "CLUSTERDOWN", "BUSY", "MISCONF" ->
                new KeyValueException(Reason.UNAVAILABLE, "Redis cannot do this now: " + shown(message), e);
            case "NOAUTH", "WRONGPASS", "NOPERM" -> new KeyValueException(
                    Reason.UNAVAILABLE, "Redis refuses the credentials that the host's operator has set", e);
            default -> new KeyValueException(Reason.OTHER, "Redis refuses it: " + shown(message), e);
        };
    }

    private static String shown(String message) {
        String start = message.length() > SHOWN ? message.substring(0, SHOWN) + "…" : message;
        return start.replaceAll("\\p{Cntrl}", "?");
    }

    /** Whether it may be better the next time. */
    static boolean mayPass(Throwable failure) {
        return !shown(root(failure)).startsWith("what answers");
    }

    /** Whether a guest asked for more than it may have, and not Redis is to blame. */
    static boolean isTooLarge(Throwable failure) {
        return isCausedBy(failure, Guard.TooLarge.class);
    }

    /** @param begun whether it may have been done */
    static KeyValueException lost(Throwable failure, boolean begun) {
        if (isTooLarge(failure)) {
            return new KeyValueException(
                    Reason.QUOTA, "what is to be read is larger than it may be; ask for fewer keys at a time", failure);
        }
        String done = begun ? "; it is not known whether this was done" : "";
        if (isCausedBy(failure, SocketTimeoutException.class)) {
            return new KeyValueException(Reason.TIMEOUT, "Redis does not answer in time" + done, failure);
        }
        String why = mayPass(failure) ? "" : " (" + shown(root(failure)) + ")"; // else it may tell where Redis is
        return new KeyValueException(Reason.UNAVAILABLE, "Redis cannot be reached now" + why + done, failure);
    }

    /** For the operator. */
    static String text(Throwable failure) {
        return shown(root(failure));
    }

    private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (type.isInstance(t)) {
                return true;
            }
        }
        return false;
    }

    private static String root(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return Optional.ofNullable(root.getMessage()).orElse(root.getClass().getSimpleName());
    }
}
