package dev.virga.engine.portable;

import dev.virga.engine.contract.InterruptContract;

class InterruptTest extends InterruptContract implements PortableSource {}
