package dev.virga.plugin.testkit;

import dev.virga.plugin.CallSpan;
import java.util.List;
import java.util.Map;

/** Notes its end. */
final class TestSpan implements CallSpan {

    private final List<String> ended;
    private final Map<String, String> headers;
    private String line;

    TestSpan(List<String> ended, Map<String, String> headers, String line) {
        this.ended = ended;
        this.headers = headers;
        this.line = line;
    }

    @Override
    public Map<String, String> headers() {
        return headers;
    }

    @Override
    public void failed(String type) {
        line += ": " + type;
    }

    @Override
    public void close() {
        ended.add(line);
    }
}
