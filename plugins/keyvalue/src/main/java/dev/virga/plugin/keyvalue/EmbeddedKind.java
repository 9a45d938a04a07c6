package dev.virga.plugin.keyvalue;

import dev.virga.plugin.PluginException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code embedded}: a file in the host's data, {@code NAME.mv}. */
public final class EmbeddedKind implements BackendKind {

    private static final long CAPACITY = 1 << 30;
    private static final long MOST_CAPACITY = 16L << 40;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    @Override
    public String name() {
        return "embedded";
    }

    @Override
    public Backend open(Opening opening) {
        if (!NAME.matcher(opening.name()).matches()) {
            throw new PluginException.Refused("the name of a backend with a file has letters, digits, - and _ only");
        }
        opening.settings().allow(List.of("capacity"));
        long capacity = opening.settings().bytes("capacity", 1, MOST_CAPACITY).orElse(CAPACITY);
        LocalFile file = new LocalFile(
                Optional.of(() -> opening.data().get().resolve(opening.name() + ".mv")), opening.log());
        return new LocalBackend(file, capacity);
    }
}
