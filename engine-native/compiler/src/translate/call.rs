//! Calls: direct, indirect, tail, and of the routines in the stack's context.

use super::{Region, Translator};
use crate::abi::{self, Trap};
use crate::layout::*;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{FuncRef, InstBuilder, MemFlagsData, SigRef, Type, Value, types};
use cranelift_codegen::isa::CallConv;
use wasmparser::Operator;

enum Callee {
    Direct(FuncRef),
    Indirect(SigRef, Value),
}

impl Translator<'_> {
    pub(super) fn call(&mut self, operator: &Operator<'_>) -> bool {
        match *operator {
            Operator::Call { function_index } => {
                let (callee, vmctx) = self.function(function_index);
                self.make_call(callee, vmctx, self.environment.module.functions[function_index as usize], false);
            }
            Operator::ReturnCall { function_index } => {
                let (callee, vmctx) = self.function(function_index);
                self.make_call(callee, vmctx, self.environment.module.functions[function_index as usize], true);
            }
            Operator::CallIndirect { type_index, table_index } => {
                let (callee, vmctx) = self.table_function(type_index, table_index);
                self.make_call(callee, vmctx, type_index, false);
            }
            Operator::ReturnCallIndirect { type_index, table_index } => {
                let (callee, vmctx) = self.table_function(type_index, table_index);
                self.make_call(callee, vmctx, type_index, true);
            }
            _ => return false,
        }
        true
    }

    fn make_call(&mut self, callee: Callee, vmctx: Value, ty: u32, tail: bool) {
        self.facts.observable();
        let count = self.environment.module.types[ty as usize].params.len();
        let from = self.stack.len() - count;
        let mut arguments = vec![vmctx];
        for at in from..self.stack.len() {
            arguments.push(self.plain(self.stack[at]));
        }
        self.stack.truncate(from);
        if tail {
            match callee {
                Callee::Direct(function) => self.builder.ins().return_call(function, &arguments),
                Callee::Indirect(signature, code) => {
                    self.builder.ins().return_call_indirect(signature, code, &arguments)
                }
            };
            self.dead = Some(0);
        } else {
            let call = match callee {
                Callee::Direct(function) => self.builder.ins().call(function, &arguments),
                Callee::Indirect(signature, code) => self.builder.ins().call_indirect(signature, code, &arguments),
            };
            self.stack.extend_from_slice(self.builder.inst_results(call));
        }
    }

    fn signature(&mut self, ty: u32) -> SigRef {
        let canonical = self.environment.module.canonical[ty as usize];
        if let Some(known) = self.signatures.get(&canonical) {
            return *known;
        }
        let signature = abi::function(&self.environment.module.types[canonical as usize]);
        let signature = self.builder.import_signature(signature);
        self.signatures.insert(canonical, signature);
        signature
    }

    fn function(&mut self, index: u32) -> (Callee, Value) {
        let ty = self.environment.module.functions[index as usize];
        if index < self.environment.module.imported_functions {
            let import = self.environment.layout.import(index);
            let code = self.constant(self.vmctx, import + IMPORT_CODE);
            let vmctx = self.constant(self.vmctx, import + IMPORT_VMCTX);
            return (Callee::Indirect(self.signature(ty), code), vmctx);
        }
        let function = self.callee(abi::function_name(index), |this| this.signature(ty));
        (Callee::Direct(function), self.vmctx)
    }

    /// The function in the table at the index on the operand stack.
    fn table_function(&mut self, ty: u32, table: u32) -> (Callee, Value) {
        self.facts.observable();
        let index = self.pop();
        let address = self.element(table, index, Trap::UndefinedElement);
        let record = self.load(types::I64, Region::Tables, address, 0);
        let null = self.builder.ins().icmp_imm_u(IntCC::Equal, record, 0);
        self.trap_if(null, Trap::UninitializedElement);
        // Records do not change, but there is one only after the checks: the loads may not move.
        let flags = MemFlagsData::trusted().with_readonly();
        let actual = self.builder.ins().load(types::I32, flags, record, RECORD_TYPE);
        let ids = self.constant(self.vmctx, TYPE_IDS);
        let expected = self.builder.ins().load(types::I32, flags.with_can_move(), ids, 4 * ty as i32);
        let other = self.builder.ins().icmp(IntCC::NotEqual, actual, expected);
        self.trap_if(other, Trap::TypeMismatch);
        let code = self.builder.ins().load(types::I64, flags, record, RECORD_CODE);
        let vmctx = self.builder.ins().load(types::I64, flags, record, RECORD_VMCTX);
        (Callee::Indirect(self.signature(ty), code), vmctx)
    }

    /// Calls `memmove` or `memset`.
    pub(super) fn routine(&mut self, routine: i32, arguments: [Value; 3], second: Type) {
        let context = self.context.expect("a function that calls has its stack's context");
        let signature = abi::signature(CallConv::SystemV, &[types::I64, second, types::I64], &[]);
        let signature = self.builder.import_signature(signature);
        let code = self.load(types::I64, Region::Context, context, routine);
        self.builder.ins().call_indirect(signature, code, &arguments);
    }
}
