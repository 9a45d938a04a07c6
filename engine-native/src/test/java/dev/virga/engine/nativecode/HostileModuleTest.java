package dev.virga.engine.nativecode;

import dev.virga.engine.contract.HostileModuleContract;

class HostileModuleTest extends HostileModuleContract implements NativeSource {}
