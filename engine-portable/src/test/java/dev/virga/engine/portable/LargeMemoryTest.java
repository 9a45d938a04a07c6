package dev.virga.engine.portable;

import dev.virga.engine.contract.Guest;
import dev.virga.engine.contract.LargeMemoryContract;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@ValueSource(booleans = {false, true})
class LargeMemoryTest extends LargeMemoryContract implements PortableSource {

    private final boolean interpreted;

    /** @param interpreted the same functions, compiled or interpreted */
    LargeMemoryTest(boolean interpreted) {
        this.interpreted = interpreted;
    }

    @Override
    protected byte[] module() {
        return interpreted ? Guest.binary(LargeMemoryTest.class, "large-interpreted") : super.module();
    }
}
