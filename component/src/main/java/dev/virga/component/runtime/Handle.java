package dev.virga.component.runtime;

/** What a component instance's table holds ({@code ComponentInstance.handles} of the Canonical ABI). */
sealed interface Handle permits ResourceHandle, Waitable, WaitableSet, ErrorContextHandle {}
