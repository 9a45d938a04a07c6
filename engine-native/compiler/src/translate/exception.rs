//! Exceptions: throwing them, and handlers with the calls that they guard.

use super::Translator;
use super::call::Callee;
use super::control::Kind;
use crate::abi::{self, Builtin, Trap};
use crate::layout::{CLAUSE, REFERENCE, STACK_SIZE, VALUES};
use crate::stubs::{self, Slots, slot};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    Block, BlockArg, BlockCall, ExceptionTableData, ExceptionTableItem, ExceptionTag, FuncRef, InstBuilder,
    JumpTableData, TrapCode, Type, Value, types,
};
use std::collections::HashSet;
use wasmparser::{Catch, Operator, TryTable};

/// More in a function would take memory and time that no real module needs.
pub const MOST_HANDLERS: usize = 1 << 16;

/// A clause of a `try_table`.
#[derive(Clone, Copy)]
struct Handler {
    /// None for every tag.
    tag: Option<u32>,
    reference: bool,
    block: Block,
}

impl Handler {
    /// The clause in the result's code.
    fn clause(&self) -> u32 {
        2 * self.tag.map_or(0, |tag| tag + 1) + u32::from(self.reference)
    }
}

/// What guards the calls in a `try_table`.
pub struct Guard {
    /// The blocks to be sealed when it ends.
    own: Vec<Block>,
    /// Its handlers, then those of the guards around it; none that an earlier one makes useless.
    handlers: Vec<Handler>,
    /// Where the runtime lands with an exception of a guarded call: it goes on to a handler. One edge for each call
    /// is enough so, and compiling takes no longer with more handlers.
    landing: Block,
    number: u32,
}

impl Guard {
    pub fn catches(&self) -> bool {
        !self.handlers.is_empty()
    }
}

impl Translator<'_> {
    pub(super) fn exception(&mut self, operator: &Operator<'_>) -> bool {
        match operator {
            Operator::TryTable { try_table } => self.open_guard(try_table),
            Operator::Throw { tag_index } => self.throw(*tag_index),
            Operator::ThrowRef => self.throw_reference(),
            _ => return false,
        }
        true
    }

    fn throw(&mut self, tag: u32) {
        let module = &self.environment.module;
        let ty = &module.types[module.tags[tag as usize] as usize];
        let from = self.stack.len() - ty.params.len();
        let mut arguments = vec![self.constant(self.vmctx, self.environment.layout.tag(tag))];
        for at in from..self.stack.len() {
            arguments.push(self.plain(self.stack[at]));
        }
        self.stack.truncate(from);
        let name = abi::stub_name(self.environment.throw_stub(tag));
        let stub = self.callee(name, |this| this.builder.import_signature(abi::throw(ty)));
        self.invoke_for_good(stub, &arguments);
    }

    fn throw_reference(&mut self) {
        let reference = self.pop();
        let null = self.builder.ins().icmp_imm_u(IntCC::Equal, reference, 0);
        self.trap_if(null, Trap::NullReference);
        let number = Builtin::ThrowRef as usize;
        let stub = self.callee(abi::stub_name(stubs::FIRST_BUILTIN + number as u32), |this| {
            this.builder.import_signature(abi::builtin(number))
        });
        self.invoke_for_good(stub, &[self.vmctx, reference]);
    }

    /// Calls what does not return.
    fn invoke_for_good(&mut self, stub: FuncRef, arguments: &[Value]) {
        self.facts.observable();
        self.invoke(Callee::Direct(stub), arguments);
        self.builder.ins().trap(TrapCode::unwrap_user(1));
        self.dead = Some(0);
    }

    /// The handlers are translated at once: what they jump to is around the `try_table`, and what is known of
    /// memories where it begins is what they may rely on.
    fn open_guard(&mut self, table: &TryTable) {
        let body = self.builder.create_block();
        self.builder.ins().jump(body, &[]);
        let mut handlers = Vec::new();
        let mut seen = HashSet::new();
        let mut useful = |tag| !seen.contains(&None) && seen.insert(tag);
        for catch in &table.catches {
            let (tag, reference, label) = match *catch {
                Catch::One { tag, label } => (Some(tag), false, label),
                Catch::OneRef { tag, label } => (Some(tag), true, label),
                Catch::All { label } => (None, false, label),
                Catch::AllRef { label } => (None, true, label),
            };
            if useful(tag) {
                let block = self.handler(tag, reference, label);
                handlers.push(Handler { tag, reference, block });
            }
        }
        let mut own: Vec<Block> = handlers.iter().map(|handler| handler.block).collect();
        if let Some(outer) = self.guards.last() {
            handlers.extend(outer.handlers.iter().filter(|handler| useful(handler.tag)));
        }
        self.handlers += handlers.len();
        let number = self.clauses.len() as u32;
        self.clauses.push(handlers.iter().map(Handler::clause).collect());
        let landing = self.landing(&handlers);
        own.push(landing);
        self.guards.push(Guard { own, handlers, landing, number });
        self.straight_on(body);
        let params = self.params(table.ty).len();
        self.open(Kind::Try, params, &self.results(table.ty));
    }

    /// Loads what the clause wants, and jumps to its label.
    fn handler(&mut self, tag: Option<u32>, reference: bool, label: u32) -> Block {
        let block = self.builder.create_block();
        self.builder.set_cold_block(block);
        self.builder.switch_to_block(block);
        let exception = self.landed();
        let height = self.stack.len();
        if let Some(tag) = tag {
            let module = &self.environment.module;
            let types = self.clif_types(&module.types[module.tags[tag as usize] as usize].params);
            self.handlers += types.len();
            for (ty, offset) in Slots::of(types.into_iter()).slots {
                let value = self.builder.ins().load(ty, slot(), exception, VALUES + offset);
                self.push(value);
            }
        }
        if reference {
            let value = self.builder.ins().load(types::I64, slot(), exception, REFERENCE);
            self.push(value);
        }
        self.jump(label);
        self.stack.truncate(height);
        block
    }

    /// Where an exception that lands is. It has no parameters in registers: with them, register allocation takes
    /// quadratic time.
    fn landed(&mut self) -> Value {
        let frame = self.builder.ins().get_frame_pointer(types::I64);
        self.builder.ins().band_imm_s(frame, -STACK_SIZE)
    }

    fn landing(&mut self, handlers: &[Handler]) -> Block {
        let block = self.builder.create_block();
        self.builder.set_cold_block(block);
        self.builder.switch_to_block(block);
        let Some((last, others)) = handlers.split_last() else {
            self.builder.ins().trap(TrapCode::unwrap_user(1));
            return block;
        };
        if others.is_empty() {
            self.builder.ins().jump(last.block, &[]);
            return block;
        }
        let pool = &mut self.builder.func.dfg.value_lists;
        let mut call = |handler: &Handler| BlockCall::new(handler.block, [], pool);
        let others: Vec<BlockCall> = others.iter().map(&mut call).collect();
        let table = JumpTableData::new(call(last), &others);
        let table = self.builder.create_jump_table(table);
        let exception = self.landed();
        let clause = self.builder.ins().load(types::I32, slot(), exception, CLAUSE);
        self.builder.ins().br_table(clause, table);
        block
    }

    /// No more calls lead to the handlers.
    pub(super) fn close_guard(&mut self) {
        let guard = self.guards.pop().expect("a try_table is open");
        for block in guard.own {
            self.builder.seal_block(block);
        }
    }

    /// The block ends with the call; its results are the next one's parameters.
    pub(super) fn invoke_guarded(&mut self, callee: Callee, arguments: &[Value]) {
        let signature = match callee {
            Callee::Direct(function) => self.builder.func.dfg.ext_funcs[function].signature,
            Callee::Indirect(signature, _) => signature,
        };
        let returns = &self.builder.func.dfg.signatures[signature].returns;
        let results: Vec<Type> = returns.iter().map(|result| result.value_type).collect();
        let next = self.block_with(&results);
        let guard = self.guards.last().expect("a guarded call is in a try_table");
        let pool = &mut self.builder.func.dfg.value_lists;
        let normal = BlockCall::new(next, (0..results.len() as u32).map(BlockArg::TryCallRet), pool);
        let landing = BlockCall::new(guard.landing, [], pool);
        // With the vmctx the runtime knows the instance whose tags the clauses name.
        let items = [
            ExceptionTableItem::Context(self.vmctx),
            ExceptionTableItem::Tag(ExceptionTag::from_u32(guard.number), landing),
        ];
        let table = ExceptionTableData::new(signature, normal, items);
        let table = self.builder.func.dfg.exception_tables.push(table);
        match callee {
            Callee::Direct(function) => self.builder.ins().try_call(function, arguments, table),
            Callee::Indirect(_, code) => self.builder.ins().try_call_indirect(code, arguments, table),
        };
        self.straight_on(next);
        self.stack.extend_from_slice(self.builder.block_params(next));
    }
}
