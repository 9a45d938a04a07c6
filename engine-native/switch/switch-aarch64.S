// The way onto a guest's stack and off it, for aarch64 with the AAPCS64 convention.
// Position independent, no data; the runtime finds each routine at a multiple of 0x80.
// The context's fields: compiler/INTERFACE.md, "Stacks and their context"; from 80 on they are the runtime's.
// x18 belongs to the platform and is never touched.

.set CALL, 3                // the code of a host call by leave_call
.set LIMIT, 0
.set GUEST_SP, 8
.set HOST_SP, 16
.set RUNNING, 24            // pointer to the word that says whether this stack runs
.set FLOOR, 80              // what LIMIT is when no tick is due
.set TRAP_FP, 88
.set SLOTS, 104
.set STACK, 1 << 20
.set CONTEXT, STACK - 256   // from the stack's lowest address

.macro SAVE
    stp x29, x30, [sp, #-160]!
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
.endm

.macro RESTORE
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    ldp x29, x30, [sp], #160
    ret
.endm

// The limit is put back before the running word is set: a tick seen since then is kept.
.macro RUN
    ldr x9, [x0, #FLOOR]
    str x9, [x0, #LIMIT]
    ldr x9, [x0, #RUNNING]
    mov w10, #1
    stlr w10, [x9]
    mov x9, sp
    str x9, [x0, #HOST_SP]
.endm

.macro LEAVE context
    ldr x10, [\context, #RUNNING]
    ldr x9, [\context, #HOST_SP]
    mov sp, x9
    stlr wzr, [x10]
.endm

.macro FIND context
    mov \context, sp
    and \context, \context, #-STACK
    mov x9, #CONTEXT
    add \context, \context, x9
.endm

.text
// int enter(context, entry stub, slots, record): calls on the stack below the slots.
// Under the slots lie the outer suspended stack pointer and the context.
.org 0
enter:
    b enter_far

// int resume(context): goes on after the yield.
.org 0x80
resume:
    b resume_far

// void yield(int code), called by the guest
.org 0x100
yield:
    b yield_far

// void raise(int code), called by a trap stub: gives up the guest's frames of this call.
.org 0x180
raise:
    FIND x11
    str x29, [x11, #TRAP_FP]
    LEAVE x11
    RESTORE

// int resume_call(context): goes on after leave_call, with the result in the first slot.
.org 0x200
resume_call:
    b resume_call_far

// Leaves for a host call; a stub ends with a jump here.
.org 0x280
leave_call:
    b leave_call_far

.org 0x300
enter_far:
    SAVE
    RUN
    mov x9, x0
    ldr x10, [x0, #GUEST_SP]
    mov sp, x2
    stp x9, x10, [sp, #-16]!
    mov x9, x1
    mov x0, x2
    mov x1, x3
    mov x29, xzr
    blr x9
    ldp x11, x10, [sp]
    str x10, [x11, #GUEST_SP]
    LEAVE x11
    mov w0, wzr
    RESTORE

yield_far:
    SAVE
    FIND x11
    mov x9, sp
    str x9, [x11, #GUEST_SP]
    LEAVE x11
    RESTORE

// The frame record comes first, and a pointer to it last.
leave_call_far:
    stp x29, x30, [sp, #-16]!
    mov x9, sp
    sub sp, sp, #160
    stp x9, xzr, [sp]
    stp x19, x20, [sp, #16]
    stp x21, x22, [sp, #32]
    stp x23, x24, [sp, #48]
    stp x25, x26, [sp, #64]
    stp x27, x28, [sp, #80]
    stp d8, d9, [sp, #96]
    stp d10, d11, [sp, #112]
    stp d12, d13, [sp, #128]
    stp d14, d15, [sp, #144]
    FIND x11
    mov x9, sp
    str x9, [x11, #GUEST_SP]
    LEAVE x11
    mov w0, #CALL
    RESTORE

resume_call_far:
    SAVE
    RUN
    ldr x9, [x0, #GUEST_SP]
    mov sp, x9
    ldp x19, x20, [sp, #16]
    ldp x21, x22, [sp, #32]
    ldp x23, x24, [sp, #48]
    ldp x25, x26, [sp, #64]
    ldp x27, x28, [sp, #80]
    ldp d8, d9, [sp, #96]
    ldp d10, d11, [sp, #112]
    ldp d12, d13, [sp, #128]
    ldp d14, d15, [sp, #144]
    add sp, sp, #160
    ldp x29, x30, [sp], #16
    ldr q0, [x0, #SLOTS]
    ldr x0, [x0, #SLOTS]
    ret

resume_far:
    SAVE
    RUN
    ldr x9, [x0, #GUEST_SP]
    mov sp, x9
    RESTORE
.balign 64
