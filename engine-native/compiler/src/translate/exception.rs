//! Exceptions: throwing them, and handlers with the calls that they guard.

use super::Translator;
use super::call::Callee;
use super::control::Kind;
use crate::abi::{self, Builtin, Trap};
use crate::stubs::{self, Slots, slot};
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    Block, BlockArg, BlockCall, ExceptionTableData, ExceptionTableItem, ExceptionTag, FuncRef, InstBuilder, TrapCode,
    Type, Value, types,
};
use std::collections::HashSet;
use wasmparser::{Catch, Operator, TryTable};

/// More in a function would take memory and time that no real module needs.
pub const MOST_HANDLERS: usize = 1 << 18;

/// A clause of a `try_table`.
#[derive(Clone, Copy)]
struct Handler {
    /// None for every tag.
    tag: Option<u32>,
    reference: bool,
    /// Takes the address of the exception's values and, if wanted, the reference.
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
    own: Vec<Block>,
    /// Its handlers, then those of the guards around it; none that an earlier one makes useless.
    handlers: Vec<Handler>,
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
        for catch in &table.catches {
            handlers.push(self.handler(catch));
        }
        let own = handlers.iter().map(|handler| handler.block).collect();
        if let Some(outer) = self.guards.last() {
            handlers.extend_from_slice(&outer.handlers);
        }
        let mut seen = HashSet::new();
        handlers.retain(|handler| !seen.contains(&None) && seen.insert(handler.tag));
        self.handlers += handlers.len();
        self.guards.push(Guard { own, handlers });
        self.straight_on(body);
        let params = self.params(table.ty).len();
        self.open(Kind::Try, params, &self.results(table.ty));
    }

    fn handler(&mut self, catch: &Catch) -> Handler {
        let (tag, reference, label) = match *catch {
            Catch::One { tag, label } => (Some(tag), false, label),
            Catch::OneRef { tag, label } => (Some(tag), true, label),
            Catch::All { label } => (None, false, label),
            Catch::AllRef { label } => (None, true, label),
        };
        let block = self.block_with(&[types::I64, types::I64]);
        self.builder.set_cold_block(block);
        self.builder.switch_to_block(block);
        let (values, exception) = (self.builder.block_params(block)[0], self.builder.block_params(block)[1]);
        let height = self.stack.len();
        if let Some(tag) = tag {
            let module = &self.environment.module;
            let types = self.clif_types(&module.types[module.tags[tag as usize] as usize].params);
            for (ty, offset) in Slots::of(types.into_iter()).slots {
                let value = self.builder.ins().load(ty, slot(), values, offset);
                self.push(value);
            }
        }
        if reference {
            self.push(exception);
        }
        self.jump(label);
        self.stack.truncate(height);
        Handler { tag, reference, block }
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
        self.handlers += guard.handlers.len();
        let pool = &mut self.builder.func.dfg.value_lists;
        let normal = BlockCall::new(next, (0..results.len() as u32).map(BlockArg::TryCallRet), pool);
        // With the vmctx the runtime knows the instance whose tags the clauses name.
        let mut items = vec![ExceptionTableItem::Context(self.vmctx)];
        for handler in &guard.handlers {
            let payload = [BlockArg::TryCallExn(0), BlockArg::TryCallExn(1)];
            let block = BlockCall::new(handler.block, payload, pool);
            items.push(ExceptionTableItem::Tag(ExceptionTag::from_u32(handler.clause()), block));
        }
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
