package dev.virga.engine.portable;

import dev.virga.engine.contract.AtomicsContract;
import dev.virga.engine.contract.Guest;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(booleans = {false, true})
class AtomicsTest extends AtomicsContract implements PortableSource {

    private final boolean interpreted;

    /** @param interpreted the same functions, compiled or interpreted */
    AtomicsTest(boolean interpreted) {
        this.interpreted = interpreted;
    }

    @Override
    protected byte[] module() {
        return interpreted ? Guest.binary(AtomicsTest.class, "large-interpreted") : super.module();
    }
}
