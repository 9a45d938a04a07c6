package dev.virga.engine.portable;

import dev.virga.engine.contract.ExceptionContract;

class ExceptionTest extends ExceptionContract implements PortableSource {}
