package dev.virga.plugin.nats;

import dev.virga.plugin.PluginException;
import dev.virga.plugin.blobstore.BlobException;
import dev.virga.plugin.blobstore.BlobException.Reason;
import dev.virga.plugin.blobstore.ContainerId;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.PurgeOptions;
import io.nats.client.api.MessageGetRequest;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.PurgeResponse;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.api.StreamInfo;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * Calls of the server about one stream, whose failures become those of a blob store. Streams and messages are asked
 * for here and not by jnats, which keeps something of each stream that it has ever seen.
 */
record ObjectCalls(NatsClient client, ContainerId container, String stream) {

    private static final String API = "$JS.API.";
    private static final int NO_MESSAGE = 10037;
    private static final int WRONG_SEQUENCE = 10071;

    private interface Operation<T> {
        T run(Connection connection) throws IOException, JetStreamApiException, InterruptedException;
    }

    private <T> T on(Operation<T> operation) throws IOException {
        try {
            return operation.run(client.ready(client.timeout()));
        } catch (JetStreamApiException e) {
            throw refused(e);
        } catch (PluginException.Unavailable e) {
            throw new BlobException(Reason.UNAVAILABLE, e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new BlobException(Reason.UNAVAILABLE, "NATS is not connected; try again later", e);
        } catch (BlobException e) {
            throw e;
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("503")) { // nobody listens: no stream has the subject
                throw BlobException.noContainer(container);
            }
            throw new BlobException(Reason.TIMEOUT, "NATS did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for NATS");
        } catch (RuntimeException | StackOverflowError e) { // jnats's parser goes as deep as what it reads
            throw new IOException("the answer of the NATS server is not what it should be", e);
        }
    }

    private IOException refused(JetStreamApiException e) {
        return switch (e.getApiErrorCode()) {
            case Streams.NO_STREAM -> BlobException.noContainer(container);
            case 10002, 10023, 10026, 10027, 10028, 10047, 10077 -> // what the server or the account may hold
                new BlobException(Reason.QUOTA, "NATS has no more room: " + e.getErrorDescription(), e);
            default -> new IOException("NATS says: " + e.getErrorDescription(), e);
        };
    }

    private Message ask(Connection connection, String what, byte[] body) throws IOException, InterruptedException {
        Message answer = connection.request(API + what, body, client.timeout());
        if (answer == null) {
            throw new IOException("no answer");
        }
        return answer;
    }

    /** What is asked of the stream. */
    record Info(Instant created, long lastSequence) {}

    /** Empty if it is not there. */
    Optional<Info> info() throws IOException {
        return on(connection -> {
            StreamInfo info = new StreamInfo(ask(connection, "STREAM.INFO." + stream, new byte[0]));
            if (info.hasError() && info.getApiErrorCode() == Streams.NO_STREAM) {
                return Optional.empty();
            }
            info.throwOnHasError();
            return Optional.of(
                    new Info(info.getCreateTime().toInstant(), info.getStreamState().getLastSequence()));
        });
    }

    void create(StreamConfiguration configuration) throws IOException {
        on(connection -> {
            byte[] body = configuration.toJson().getBytes(StandardCharsets.UTF_8);
            StreamInfo info = new StreamInfo(ask(connection, "STREAM.CREATE." + stream, body));
            if (info.hasError() && info.getApiErrorCode() == Streams.SUBJECTS_OVERLAP) {
                info = new StreamInfo(ask(connection, "STREAM.CREATE." + stream, body)); // another host is just at it
            }
            if (info.hasError() && info.getApiErrorCode() == Streams.NAME_IN_USE) {
                throw BlobException.containerExists(container);
            }
            return info.throwOnHasError();
        });
    }

    /** Nothing happens if it is not there. */
    void delete() throws IOException {
        on(connection -> {
            PurgeResponse answer = new PurgeResponse(ask(connection, "STREAM.DELETE." + stream, new byte[0]));
            return answer.hasError() && answer.getApiErrorCode() == Streams.NO_STREAM ? answer : done(answer);
        });
    }

    void purge(PurgeOptions options) throws IOException {
        on(connection -> done(new PurgeResponse(ask(connection, "STREAM.PURGE." + stream, options.serialize()))));
    }

    private static PurgeResponse done(PurgeResponse answer) throws JetStreamApiException {
        if (!answer.throwOnHasError().isSuccess()) {
            throw new IllegalArgumentException("neither an error nor a success");
        }
        return answer;
    }

    /** What the one server has that has all there is. Empty if there is none. */
    Optional<MessageInfo> message(MessageGetRequest request) throws IOException {
        return on(connection -> leaders(connection, request));
    }

    private Optional<MessageInfo> leaders(Connection connection, MessageGetRequest request)
            throws IOException, JetStreamApiException, InterruptedException {
        MessageInfo info =
                new MessageInfo(ask(connection, "STREAM.MSG.GET." + stream, request.serialize()), stream, false);
        if (info.hasError() && info.getApiErrorCode() == NO_MESSAGE) {
            return Optional.empty();
        }
        info.throwOnHasError();
        return Optional.of(info);
    }

    /** What any server has, as its bytes are; or else as {@link #message}, since it may not have it yet. */
    Optional<MessageInfo> chunk(MessageGetRequest request) throws IOException {
        return on(connection -> {
            Message answer =
                    connection.request(API + "DIRECT.GET." + stream, request.serialize(), client.timeout());
            return answer == null || answer.isStatusMessage()
                    ? leaders(client.ready(client.timeout()), request)
                    : Optional.of(new MessageInfo(answer, stream, true));
        });
    }

    /** Returns when it is stored: false if it is not, since another sequence number was expected. */
    boolean publish(String subject, Headers headers, byte[] body, PublishOptions options) throws IOException {
        return on(connection -> {
            try {
                connection.jetStream(timeout()).publish(subject, headers, body, options);
                return true;
            } catch (JetStreamApiException e) {
                if (e.getApiErrorCode() != WRONG_SEQUENCE) {
                    throw e;
                }
                return false;
            }
        });
    }

    /** As {@link StreamScan#run}. */
    boolean scan(String subjects, StreamScan scan, StreamScan.Visitor visitor) throws IOException {
        return on(connection -> scan.run(connection, stream, subjects, client.timeout(), visitor));
    }

    /** How long a message may be, if it is to be so long. */
    int longest(int wanted) throws IOException {
        return on(connection -> Math.toIntExact(Math.clamp(connection.getMaxPayload(), 1, wanted)));
    }

    private JetStreamOptions timeout() {
        return JetStreamOptions.builder().requestTimeout(client.timeout()).build();
    }
}
