package dev.virga.link;

import dev.virga.component.type.FunctionType;
import dev.virga.engine.Limiter;
import java.util.List;
import java.util.Optional;

/** How the arguments and the result of a function travel: the same on both ends of a link. */
public final class LinkFunction {

    private final List<WireType> params;
    private final Optional<WireType> result;
    private final String fingerprint;

    /** @throws LinkException naming a type of which no value can leave its process */
    public LinkFunction(FunctionType type) {
        WireTypes types = new WireTypes();
        this.params = type.params().stream().map(p -> types.of(p.type())).toList();
        this.result = type.result().map(types::of);
        this.fingerprint = Fingerprint.of(type);
    }

    /** The same for functions of the same type. */
    public String fingerprint() {
        return fingerprint;
    }

    /** @throws LinkException if they take more bytes */
    public byte[] encodeArguments(Object[] arguments, int most) {
        WireWriter out = new WireWriter(most);
        for (int i = 0; i < arguments.length; i++) {
            params.get(i).write(out, arguments[i]);
        }
        return out.toBytes();
    }

    /**
     * @param limiter charged for them
     * @throws LinkException if they are malformed, or take more memory than there may be
     */
    public Arguments decodeArguments(byte[] bytes, Limiter limiter) {
        WireReader in = new WireReader(bytes, limiter);
        try {
            Object[] arguments = new Object[params.size()];
            for (int i = 0; i < arguments.length; i++) {
                arguments[i] = params.get(i).read(in);
            }
            in.finish();
            return new Arguments(arguments, in);
        } catch (RuntimeException | Error e) {
            in.close();
            throw e;
        }
    }

    /**
     * @param value null where there is no result
     * @throws LinkException if it takes more bytes
     */
    public byte[] encodeResult(Object value, int most) {
        WireWriter out = new WireWriter(most);
        result.ifPresent(type -> type.write(out, value));
        return out.toBytes();
    }

    /**
     * @param limiter charged while it is made; what it is given to charges for it then
     * @return null where there is no result
     * @throws LinkException if it is malformed, or takes more memory than there may be
     */
    public Object decodeResult(byte[] bytes, Limiter limiter) {
        try (WireReader in = new WireReader(bytes, limiter)) {
            Object value = result.map(type -> type.read(in)).orElse(null);
            in.finish();
            return value;
        }
    }
}
