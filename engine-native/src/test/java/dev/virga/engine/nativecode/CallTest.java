package dev.virga.engine.nativecode;

import dev.virga.engine.contract.CallContract;

class CallTest extends CallContract implements NativeSource {}
