# The way onto a guest's stack and off it, for x86-64 with the System V convention.
# Position independent, no data; the runtime finds each routine at a multiple of 0x80.
# The context's fields: compiler/INTERFACE.md, "Stacks and their context"; from 80 on they are the runtime's.

.set CALL, 3                # the code of a host call by leave_call
.set LIMIT, 0
.set GUEST_SP, 8
.set HOST_SP, 16
.set RUNNING, 24            # pointer to the word that says whether this stack runs
.set FLOOR, 80              # what LIMIT is when no tick is due
.set TRAP_FP, 88
.set SLOTS, 104
.set STACK, 1 << 20
.set CONTEXT, STACK - 256   # from the stack's lowest address

# The frame pointer comes last: where a guest is suspended, its stack pointer points to a pointer to the
# innermost frame.
.macro SAVE
    push %rbx
    push %r12
    push %r13
    push %r14
    push %r15
    push %rbp
.endm

.macro RESTORE
    pop %rbp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbx
    ret
.endm

# The limit is put back before the running word is set: a tick seen since then is kept.
.macro RUN context
    mov FLOOR(\context), %rax
    mov %rax, LIMIT(\context)
    mov RUNNING(\context), %rax
    movl $1, (%rax)
    mov %rsp, HOST_SP(\context)
.endm

.macro LEAVE context
    mov RUNNING(\context), %rcx
    mov HOST_SP(\context), %rsp
    movl $0, (%rcx)
.endm

.macro FIND context
    mov %rsp, \context
    and $-STACK, \context
    add $CONTEXT, \context
.endm

.text
# int enter(context, entry stub, slots, record): calls on the stack below the slots.
# Under the slots lie the outer suspended stack pointer and the context.
.org 0
enter:
    SAVE
    RUN %rdi
    mov %rdx, %rsp
    push GUEST_SP(%rdi)
    push %rdi
    mov %rdx, %rdi
    mov %rsi, %rax
    mov %rcx, %rsi
    xor %ebp, %ebp
    call *%rax
    pop %rbx
    pop GUEST_SP(%rbx)
    LEAVE %rbx
    xor %eax, %eax
    RESTORE

# int resume(context): goes on after the yield.
.org 0x80
resume:
    SAVE
    RUN %rdi
    mov GUEST_SP(%rdi), %rsp
    pop %rbp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbx
    pop %rcx
    jmp *%rcx

# void yield(int code), called by the guest
.org 0x100
yield:
    SAVE
    FIND %rdx
    mov %rsp, GUEST_SP(%rdx)
    LEAVE %rdx
    mov %edi, %eax
    RESTORE

# void raise(int code), called by a trap stub: gives up the guest's frames of this call.
.org 0x180
raise:
    FIND %rdx
    mov %rbp, TRAP_FP(%rdx)
    LEAVE %rdx
    mov %edi, %eax
    RESTORE

# int resume_call(context): goes on after leave_call, with the result in the first slot.
.org 0x200
resume_call:
    SAVE
    RUN %rdi
    mov GUEST_SP(%rdi), %rsp
    mov SLOTS(%rdi), %rax
    movdqu SLOTS(%rdi), %xmm0
    add $8, %rsp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbx
    pop %rbp
    pop %rcx
    jmp *%rcx

# Leaves for a host call; a stub ends with a jump here, so the caller's return address is on top. Neither
# this way nor the one back uses ret where the processor predicts another address than the one that it finds.
.org 0x280
leave_call:
    push %rbp
    mov %rsp, %rax
    push %rbx
    push %r12
    push %r13
    push %r14
    push %r15
    push %rax
    FIND %rdx
    mov %rsp, GUEST_SP(%rdx)
    LEAVE %rdx
    mov $CALL, %eax
    pop %rbp
    pop %r15
    pop %r14
    pop %r13
    pop %r12
    pop %rbx
    pop %rcx
    jmp *%rcx
.org 0x300
