package dev.virga.engine.nativecode;

import dev.virga.engine.contract.ExceptionContract;

class ExceptionTest extends ExceptionContract implements NativeSource {}
