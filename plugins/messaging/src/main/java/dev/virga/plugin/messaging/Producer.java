package dev.virga.plugin.messaging;

import dev.virga.component.Result;

/** {@code wasi:messaging/producer}. */
public final class Producer {

    private final Sender sender;

    Producer(Sender sender) {
        this.sender = sender;
    }

    public Result<Void, MessageError> send(Client client, String topic, GuestMessage message) {
        try (message) {
            client.checkConnected();
            sender.publish(message.toSubject(topic));
            return Result.ok();
        } catch (MessagingException e) {
            return Result.err(MessageError.of(e));
        }
    }
}
