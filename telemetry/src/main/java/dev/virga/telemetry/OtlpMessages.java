package dev.virga.telemetry;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/** Takes what the SDK says about itself, which would go to standard error with a stack trace, to the host's log. */
final class OtlpMessages extends Handler {

    private final Logger logger = Logger.getLogger("io.opentelemetry");
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Consumer<String> lines;

    OtlpMessages(Consumer<String> lines) {
        this.lines = lines;
        setLevel(Level.WARNING);
        logger.addHandler(this);
        logger.setUseParentHandlers(false);
    }

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            String cause = record.getThrown() == null ? "" : " (" + record.getThrown() + ")";
            lines.accept("OTLP: " + formatter.formatMessage(record) + cause);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
