package dev.virga.engine.nativecode;

import dev.virga.engine.contract.CacheContract;

class CacheTest extends CacheContract implements NativeSource {}
