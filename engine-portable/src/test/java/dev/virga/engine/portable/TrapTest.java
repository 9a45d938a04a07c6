package dev.virga.engine.portable;

import dev.virga.engine.contract.TrapContract;
import java.util.List;

class TrapTest extends TrapContract implements PortableSource {

    /** The call goes through a function of the import's, which is on the stack too. */
    @Override
    protected List<String> framesOfAFailingHostCall() {
        return List.of("traps!fail", "traps!middle", "traps!callFail");
    }
}
