package dev.virga.engine.nativecode;

import dev.virga.engine.contract.LargeMemoryContract;

class LargeMemoryTest extends LargeMemoryContract implements NativeSource {}
