//! Locals, globals, constants, operands.

use super::{Region, Translator};
use crate::abi;
use cranelift_codegen::ir::immediates::{Ieee32, Ieee64};
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use wasmparser::{Operator, ValType};

impl Translator<'_> {
    pub(super) fn arguments(&mut self, params: &[ValType], values: &[Value]) {
        for (ty, value) in params.iter().zip(values) {
            let ty = abi::value_type(*ty);
            let variable = self.builder.declare_var(ty);
            self.builder.def_var(variable, *value);
            self.locals.push((variable, ty));
        }
    }

    /// Locals start with zero.
    pub(super) fn declare(&mut self, count: u32, ty: ValType) {
        let ty = abi::value_type(ty);
        let zero = self.zero(ty);
        for _ in 0..count {
            let variable = self.builder.declare_var(ty);
            self.builder.def_var(variable, zero);
            self.locals.push((variable, ty));
        }
    }

    pub(super) fn zero(&mut self, ty: Type) -> Value {
        match ty {
            types::F32 => self.builder.ins().f32const(Ieee32::with_bits(0)),
            types::F64 => self.builder.ins().f64const(Ieee64::with_bits(0)),
            _ if ty.is_vector() => {
                let constant = self.builder.func.dfg.constants.insert([0; 16].as_slice().into());
                self.builder.ins().vconst(ty, constant)
            }
            _ => self.builder.ins().iconst(ty, 0),
        }
    }

    pub(super) fn variable(&mut self, operator: &Operator<'_>) -> bool {
        match *operator {
            Operator::LocalGet { local_index } => {
                let value = self.builder.use_var(self.locals[local_index as usize].0);
                self.push(value);
            }
            Operator::LocalSet { local_index } => {
                let value = self.pop();
                self.set_local(local_index, value);
            }
            Operator::LocalTee { local_index } => {
                let value = self.pop();
                self.set_local(local_index, value);
                self.push(value);
            }
            Operator::GlobalGet { global_index } => self.global_get(global_index),
            Operator::GlobalSet { global_index } => self.global_set(global_index),
            Operator::I32Const { value } => {
                let value = self.builder.ins().iconst(types::I32, i64::from(value as u32));
                self.push(value);
            }
            Operator::I64Const { value } => {
                let value = self.i64(value);
                self.push(value);
            }
            Operator::F32Const { value } => {
                let value = self.builder.ins().f32const(Ieee32::with_bits(value.bits()));
                self.push(value);
            }
            Operator::F64Const { value } => {
                let value = self.builder.ins().f64const(Ieee64::with_bits(value.bits()));
                self.push(value);
            }
            Operator::Drop => _ = self.pop(),
            Operator::Select | Operator::TypedSelect { .. } => {
                let condition = self.pop();
                let (first, second) = self.pop2();
                let (first, second) = (self.plain(first), self.plain(second));
                let value = self.builder.ins().select(condition, first, second);
                self.push(value);
            }
            _ => return false,
        }
        true
    }

    fn set_local(&mut self, index: u32, value: Value) {
        let value = self.plain(value);
        self.builder.def_var(self.locals[index as usize].0, value);
    }

    /// Where the global's value is.
    fn global(&mut self, index: u32) -> (Value, i32) {
        let offset = self.environment.layout.global(index);
        if index < self.environment.module.imported_globals {
            (self.constant(self.vmctx, offset), 0)
        } else {
            (self.vmctx, offset)
        }
    }

    fn global_get(&mut self, index: u32) {
        let global = &self.environment.module.globals[index as usize];
        let ty = abi::value_type(global.content);
        let value = match global.constant {
            Some(value) if ty == types::I32 => self.builder.ins().iconst(ty, i64::from(value as u32)),
            Some(value) => self.builder.ins().iconst(ty, value),
            None => {
                let (address, offset) = self.global(index);
                self.load(ty, Region::Globals, address, offset)
            }
        };
        self.push(value);
    }

    fn global_set(&mut self, index: u32) {
        self.facts.observable();
        let value = self.pop();
        let value = self.plain(value);
        let (address, offset) = self.global(index);
        let flags = self.flags(Region::Globals);
        self.builder.ins().store(flags, value, address, offset);
    }

    /// The value as it is kept in locals and passed on: a vector as i8x16.
    pub(super) fn plain(&mut self, value: Value) -> Value {
        let ty = self.builder.func.dfg.value_type(value);
        if ty.is_vector() { self.as_type(value, types::I8X16) } else { value }
    }
}
