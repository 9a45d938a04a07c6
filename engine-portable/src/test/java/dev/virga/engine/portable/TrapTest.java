package dev.virga.engine.portable;

import dev.virga.engine.contract.TrapContract;

class TrapTest extends TrapContract implements PortableSource {

    @Override
    protected boolean importsHaveFrames() {
        return true;
    }
}
