package dev.virga.plugin.messaging;

import dev.virga.component.Result;
import java.util.Map;

/** {@code wasmcloud:messaging/consumer}. */
public final class WasmcloudConsumer {

    private final Sender sender;

    WasmcloudConsumer(Sender sender) {
        this.sender = sender;
    }

    public Result<BrokerMessage, String> request(String subject, byte[] body, int timeoutMs) {
        try {
            Message reply = sender.request(new Message(subject, body), Sender.timeout(timeoutMs), 1).getFirst();
            return Result.ok(new BrokerMessage(reply.subject(), reply.body(), reply.replyTo()));
        } catch (MessagingException e) {
            return Result.err(e.getMessage());
        }
    }

    public Result<Void, String> publish(BrokerMessage message) {
        try {
            sender.publish(new Message(message.subject(), Map.of(), message.body(), message.replyTo()));
            return Result.ok();
        } catch (MessagingException e) {
            return Result.err(e.getMessage());
        }
    }
}
