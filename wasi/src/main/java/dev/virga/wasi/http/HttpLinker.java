package dev.virga.wasi.http;

import dev.virga.component.HostInterface;
import dev.virga.component.Linker;
import dev.virga.wasi.WasiWit;
import java.util.function.Function;

/** Offers {@code wasi:http} 0.2 to components. {@link dev.virga.wasi.WasiLinker} must offer {@code wasi:io} first. */
public final class HttpLinker {

    private HttpLinker() {}

    /**
     * @param fieldLimit how many bytes one set of headers or trailers may hold
     * @param sender sends what guests want sent, for all instances
     */
    public static <T> void define(Linker<T> linker, int fieldLimit, HttpSender sender) {
        define(linker, fieldLimit, _ -> new OutgoingHandler(sender, OutgoingTrace.NONE));
    }

    /**
     * @param fieldLimit how many bytes one set of headers or trailers may hold
     * @param sender makes of an instance's data what sends for it; asked once for each instance
     */
    public static <T> void define(Linker<T> linker, int fieldLimit, Function<? super T, OutgoingHandler> sender) {
        HttpTypes types = new HttpTypes(fieldLimit);
        linker.define(HostInterface.<T, HttpTypes>of(
                        WasiWit.interfaceOf("wasi:http/types"), HttpTypes.class, _ -> types)
                .resource("fields", Fields.class)
                .resource("incoming-request", IncomingRequest.class)
                .resource("outgoing-request", OutgoingRequest.class)
                .resource("request-options", RequestOptions.class)
                .resource("response-outparam", ResponseOutparam.class)
                .resource("incoming-response", IncomingResponse.class)
                .resource("incoming-body", IncomingBody.class)
                .resource("future-trailers", FutureTrailers.class)
                .resource("outgoing-response", OutgoingResponse.class)
                .resource("outgoing-body", OutgoingBody.class)
                .resource("future-incoming-response", FutureIncomingResponse.class));
        linker.define(HostInterface.<T, OutgoingHandler>of(
                WasiWit.interfaceOf("wasi:http/outgoing-handler"), OutgoingHandler.class, sender::apply));
    }
}
