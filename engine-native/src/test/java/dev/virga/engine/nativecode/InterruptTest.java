package dev.virga.engine.nativecode;

import dev.virga.engine.contract.InterruptContract;

class InterruptTest extends InterruptContract implements NativeSource {}
