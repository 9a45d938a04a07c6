package dev.virga.component.runtime;

import dev.virga.component.type.ResourceType;
import dev.virga.engine.Trap;

/** The state of one component instance ({@code ComponentInstance} of the Canonical ABI). */
final class GuestInstance {

    final Root root;

    /** The number of this component instance in the plan. */
    final int number;

    final HandleTable handles;

    /** False while a call runs in this instance or in one that it contains. */
    boolean mayEnter = true;

    /** False while realloc and post-return run. */
    boolean mayLeave = true;

    GuestInstance(Root root, int number, Quota quota) {
        this.root = root;
        this.number = number;
        this.handles = new HandleTable(quota);
    }

    void checkMayLeave() {
        if (!mayLeave) {
            throw new Trap(Trap.Kind.CANONICAL_ABI, "cannot leave component instance");
        }
    }

    /** {@code canon resource.new} */
    int resourceNew(GuestResourceType type, int representation) {
        checkMayLeave();
        return handles.add(new ResourceHandle(type, new Representation(root, type, representation), null));
    }

    /** {@code canon resource.drop} */
    void resourceDrop(ResourceType type, int index) {
        checkMayLeave();
        ResourceHandle handle = handles.remove(index, type);
        if (!handle.owns()) {
            handle.scope.borrows--;
        } else if (handle.representation instanceof Representation guest) {
            guest.destroy(this);
        } else {
            HostResourceType.drop(handle.representation);
        }
    }

    /** {@code canon resource.rep} */
    int resourceRep(GuestResourceType type, int index) {
        return ((Representation) handles.get(index, type).representation).value();
    }
}
