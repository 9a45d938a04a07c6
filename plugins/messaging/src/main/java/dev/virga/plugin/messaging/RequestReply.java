package dev.virga.plugin.messaging;

import dev.virga.component.Result;
import java.util.List;
import java.util.Optional;

/** {@code wasi:messaging/request-reply}, for one instance. */
public final class RequestReply {

    private final Sender sender;
    private final Holding holding;

    RequestReply(Sender sender, Holding holding) {
        this.sender = sender;
        this.holding = holding;
    }

    /** {@code [constructor]request-options}. */
    public RequestOptions newRequestOptions() {
        return new RequestOptions();
    }

    public Result<List<GuestMessage>, MessageError> request(
            Client client, String topic, GuestMessage message, Optional<RequestOptions> options) {
        RequestOptions chosen = options.orElseGet(RequestOptions::new);
        try {
            client.checkConnected();
            return Result.ok(
                    sender.request(message.toSubject(topic), chosen.timeout(), chosen.replies()).stream()
                            .map(reply -> GuestMessage.received(holding, reply))
                            .toList());
        } catch (MessagingException e) {
            return Result.err(MessageError.of(e));
        }
    }

    /** Nothing is sent where nobody waits for an answer. */
    public Result<Void, MessageError> reply(GuestMessage replyTo, GuestMessage message) {
        try (message) {
            replyTo.replyTo().ifPresent(subject -> sender.publish(message.toSubject(subject)));
            return Result.ok();
        } catch (MessagingException e) {
            return Result.err(MessageError.of(e));
        }
    }
}
