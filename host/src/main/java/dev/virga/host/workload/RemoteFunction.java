package dev.virga.host.workload;

import dev.virga.link.LinkAddress;
import dev.virga.link.LinkCall;
import dev.virga.link.LinkException;
import dev.virga.link.LinkFunction;
import dev.virga.link.LinkNetwork;
import dev.virga.telemetry.LinkTelemetry;
import dev.virga.telemetry.Span;
import java.time.Duration;

/** A function of an import that a component on another host answers. */
record RemoteFunction(
        String name,
        LinkFunction codec,
        LinkAddress to,
        Duration deadline,
        int mostBytes,
        LinkNetwork network,
        LinkTelemetry telemetry) {

    /**
     * @return null where the function has no result
     * @throws LinkException naming the link, if there is no answer; it ends the guest's call as a trap does
     */
    Object call(ComponentContext context, Object[] arguments) {
        try (Span span = context.caller().span().link(context.component(), to.interfaceName(), name)) {
            try {
                Object result = answer(context, arguments, span);
                telemetry.answered();
                return result;
            } catch (LinkException e) {
                telemetry.failed(e.kind().toString());
                span.failed(e.kind().toString(), e.getMessage());
                throw new LinkException(e.kind(), "the call of " + name + " over the link to " + to + " failed: "
                        + e.getMessage());
            }
        }
    }

    private Object answer(ComponentContext context, Object[] arguments, Span span) {
        Duration within = context.caller().within(deadline);
        if (!within.isPositive()) {
            throw new LinkException(LinkException.Kind.DEADLINE, "the time of the call that makes it has passed");
        }
        context.usedLink(to);
        byte[] encoded = codec.encodeArguments(arguments, Math.min(mostBytes, network.most()));
        if (!context.limiter().reserve(encoded.length)) {
            throw new LinkException(LinkException.Kind.TOO_LARGE, "the memory limit leaves no room for its arguments");
        }
        try {
            byte[] answer = network.call(
                    to,
                    new LinkCall(
                            context.workload().namespace(),
                            name,
                            codec.fingerprint(),
                            within,
                            context.requestId(),
                            span.context().headers(),
                            encoded));
            return codec.decodeResult(answer, context.limiter());
        } finally {
            context.limiter().release(encoded.length);
        }
    }
}
