package dev.virga.plugin.logging;

import dev.virga.plugin.InstanceContext;
import dev.virga.plugin.LogLevel;
import dev.virga.wasi.Harmless;
import dev.virga.wasi.LineRate;
import java.nio.charset.StandardCharsets;

/** {@code wasi:logging/logging} for one instance. */
final class Logging {

    private final InstanceContext instance;
    private final LineRate rate;
    private final LogLimits limits;

    Logging(InstanceContext instance, LineRate rate, LogLimits limits) {
        this.instance = instance;
        this.rate = rate;
        this.limits = limits;
        instance.onClose(this::tellLeftOut);
    }

    public void log(LogLevel level, String context, String message) {
        tellLeftOut();
        String group = cut(context, LogLimits.CONTEXT);
        String text = cut(message, limits.message());
        if (rate.admits(bytes(group) + bytes(text))) {
            instance.log(level, Harmless.text(group), Harmless.text(text));
        }
    }

    private void tellLeftOut() {
        rate.leftOut()
                .ifPresent(lines -> instance.log(
                        LogLevel.WARN,
                        "virga",
                        lines + " lines left out: the workload logs more than " + limits.rate() + " bytes a second"));
    }

    /** Not within a character. */
    private static String cut(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + "… (" + (text.length() - end) + " more characters)";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
