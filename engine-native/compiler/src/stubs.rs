//! The stubs: the ways between generated code, the stack's context and the runtime (INTERFACE.md).

use crate::abi::{self, BUILTINS, LAST_TRAP};
use crate::layout::*;
use crate::module::{FunctionType, Module};
use cranelift_codegen::ir::{
    Function, InstBuilder, MemFlagsData, Signature, StackSlotData, StackSlotKind, TrapCode, Type, UserFuncName, Value,
    types,
};
use cranelift_codegen::isa::{CallConv, TargetFrontendConfig};
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext};
use std::collections::BTreeSet;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stub {
    Trap(u32),
    Interrupt,
    Entry(u32),
    Host(u32),
    Builtin(u32),
}

/// Every module has the same first stubs: traps, the interrupt, the builtins.
pub const INTERRUPT: u32 = LAST_TRAP + 1;
pub const FIRST_BUILTIN: u32 = INTERRUPT + 1;

impl Stub {
    /// The stubs of a module, in the plan's order.
    pub fn of(module: &Module) -> Vec<Stub> {
        let canonical = |function: u32| module.canonical[module.functions[function as usize] as usize];
        let entries: BTreeSet<u32> = module.referenced().map(canonical).collect();
        let hosts: BTreeSet<u32> = (0..module.imported_functions).map(canonical).collect();
        let mut stubs: Vec<Stub> = (0..=LAST_TRAP).map(Stub::Trap).collect();
        stubs.push(Stub::Interrupt);
        stubs.extend((0..BUILTINS.len() as u32).map(Stub::Builtin));
        stubs.extend(entries.into_iter().map(Stub::Entry));
        stubs.extend(hosts.into_iter().map(Stub::Host));
        stubs
    }

    /// Kind and argument in the plan.
    pub fn code(self) -> (u64, u64) {
        match self {
            Stub::Trap(code) => (0, u64::from(code)),
            Stub::Interrupt => (1, 0),
            Stub::Entry(ty) => (2, u64::from(ty)),
            Stub::Host(ty) => (3, u64::from(ty)),
            Stub::Builtin(number) => (4, u64::from(number)),
        }
    }

    pub fn build(
        self,
        module: &Module,
        function: &mut Function,
        builders: &mut FunctionBuilderContext,
        config: TargetFrontendConfig,
    ) {
        function.name = UserFuncName::user(abi::STUBS, 0);
        function.signature = match self {
            Stub::Trap(_) => abi::trap(),
            Stub::Interrupt => abi::interrupt(),
            Stub::Entry(_) => abi::signature(CallConv::SystemV, &[types::I64, types::I64], &[]),
            Stub::Host(ty) => abi::function(&module.types[ty as usize]),
            Stub::Builtin(number) => abi::builtin(number as usize),
        };
        let mut body = Body { builder: FunctionBuilder::new(function, builders) };
        let block = body.builder.create_block();
        body.builder.append_block_params_for_function_params(block);
        body.builder.switch_to_block(block);
        body.builder.seal_block(block);
        let params = body.builder.block_params(block).to_vec();
        match self {
            Stub::Trap(code) => {
                let context = body.context();
                body.leave(context, RAISE, RAISE_TRAP + i64::from(code));
                body.builder.ins().trap(TrapCode::unwrap_user(1));
            }
            Stub::Interrupt => {
                let context = body.context();
                body.leave(context, YIELD, YIELD_TICK);
                body.builder.ins().return_(&[]);
            }
            Stub::Entry(ty) => body.enter(&module.types[ty as usize], params[0], params[1]),
            Stub::Host(ty) if is_short(&module.types[ty as usize]) => body.leave_for_call(&params),
            Stub::Host(_) => body.yield_with_slots(&params, YIELD_HOST),
            Stub::Builtin(number) => body.yield_with_slots(&params, YIELD_BUILTIN + i64::from(number)),
        }
        body.builder.finalize(config);
    }
}

struct Body<'a> {
    builder: FunctionBuilder<'a>,
}

impl Body<'_> {
    fn context(&mut self) -> Value {
        context(&mut self.builder)
    }

    /// Calls `yield` or `raise` of the context.
    fn leave(&mut self, context: Value, routine: i32, code: i64) {
        let signature = self.builder.import_signature(abi::signature(CallConv::SystemV, &[types::I32], &[]));
        let routine = self.builder.ins().load(types::I64, MemFlagsData::trusted(), context, routine);
        let code = self.builder.ins().iconst(types::I32, code);
        self.builder.ins().call_indirect(signature, routine, &[code]);
    }

    fn enter(&mut self, ty: &FunctionType, slots: Value, record: Value) {
        let callee = abi::function(ty);
        let (arguments, results) = (offsets(&callee, true), offsets(&callee, false));
        let code = self.builder.ins().load(types::I64, MemFlagsData::trusted(), record, RECORD_CODE);
        let mut values = vec![self.builder.ins().load(types::I64, MemFlagsData::trusted(), record, RECORD_VMCTX)];
        for (ty, offset) in arguments.slots {
            values.push(self.builder.ins().load(ty, slot(), slots, offset));
        }
        let signature = self.builder.import_signature(callee);
        let call = self.builder.ins().call_indirect(signature, code, &values);
        let values = self.builder.inst_results(call).to_vec();
        for (value, (_, offset)) in values.into_iter().zip(results.slots) {
            self.builder.ins().store(slot(), value, slots, offset);
        }
        self.builder.ins().return_(&[]);
    }

    /// The body of a short host stub: it ends with a jump, and the routine returns to its caller with the result.
    fn leave_for_call(&mut self, params: &[Value]) {
        let own = self.builder.func.signature.clone();
        let context = self.context();
        let slots = self.builder.ins().iadd_imm_s(context, i64::from(CALL_SLOTS));
        for (value, (_, offset)) in params[1..].iter().zip(offsets(&own, true).slots) {
            self.builder.ins().store(slot(), *value, slots, offset);
        }
        self.builder.ins().store(MemFlagsData::trusted(), slots, context, ARGUMENTS);
        self.builder.ins().store(MemFlagsData::trusted(), params[0], context, CALLEE);
        let routine = self.builder.ins().load(types::I64, MemFlagsData::trusted(), context, LEAVE_CALL);
        let mut signature = own;
        signature.params.clear();
        let signature = self.builder.import_signature(signature);
        self.builder.ins().return_call_indirect(signature, routine, &[]);
    }

    /// The body of host and builtin stubs; the first parameter is the vmctx that the runtime is told.
    fn yield_with_slots(&mut self, params: &[Value], code: i64) {
        let own = self.builder.func.signature.clone();
        let (arguments, results) = (offsets(&own, true), offsets(&own, false));
        let size = arguments.size.max(results.size) as u32;
        let slots = self.builder.create_sized_stack_slot(StackSlotData::new(StackSlotKind::ExplicitSlot, size, 4));
        let slots = self.builder.ins().stack_addr(types::I64, slots, 0);
        for (value, (_, offset)) in params[1..].iter().zip(arguments.slots) {
            self.builder.ins().store(slot(), *value, slots, offset);
        }
        let context = self.context();
        self.builder.ins().store(MemFlagsData::trusted(), slots, context, ARGUMENTS);
        self.builder.ins().store(MemFlagsData::trusted(), params[0], context, CALLEE);
        self.leave(context, YIELD, code);
        let mut values = Vec::new();
        for (ty, offset) in results.slots {
            values.push(self.builder.ins().load(ty, slot(), slots, offset));
        }
        self.builder.ins().return_(&values);
    }
}

/// The stack's context: `(sp & -2^20) + 2^20 - 256`, in fewer instructions.
pub fn context(builder: &mut FunctionBuilder<'_>) -> Value {
    let pointer = builder.ins().get_stack_pointer(types::I64);
    let low = builder.ins().iconst(types::I64, STACK_SIZE - 1);
    let last = builder.ins().bor(pointer, low);
    builder.ins().iadd_imm_s(last, 1 - CONTEXT_SIZE)
}

/// Whether a host stub can be short: the arguments fit into the context, and the result into a register.
fn is_short(ty: &FunctionType) -> bool {
    ty.results.len() <= 1 && offsets(&abi::function(ty), true).size <= CALL_SLOTS_SIZE
}

/// Slots are aligned to 8 only.
fn slot() -> MemFlagsData {
    MemFlagsData::new().with_notrap()
}

struct Slots {
    slots: Vec<(Type, i32)>,
    size: i32,
}

/// Where a signature's parameters (but the vmctx) or results are among slots.
fn offsets(signature: &Signature, params: bool) -> Slots {
    let values = if params { signature.params.get(1..).unwrap_or_default() } else { &signature.returns[..] };
    let mut size = 0;
    let mut slots = Vec::new();
    for value in values {
        slots.push((value.value_type, size));
        size += if value.value_type.bytes() == 16 { 16 } else { 8 };
    }
    Slots { slots, size }
}
