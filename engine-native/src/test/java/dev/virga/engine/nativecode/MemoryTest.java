package dev.virga.engine.nativecode;

import dev.virga.engine.contract.MemoryContract;

class MemoryTest extends MemoryContract implements NativeSource {}
