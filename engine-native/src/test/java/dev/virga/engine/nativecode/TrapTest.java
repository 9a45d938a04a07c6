package dev.virga.engine.nativecode;

import dev.virga.engine.contract.TrapContract;

class TrapTest extends TrapContract implements NativeSource {}
