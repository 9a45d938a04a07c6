package dev.virga.plugin.messaging;

import dev.virga.component.Result;

/** {@code wasmcloud:messaging/handler}. */
public interface WasmcloudHandler {

    Result<Void, String> handleMessage(BrokerMessage message);
}
