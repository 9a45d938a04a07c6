//! Tables and references.

use super::{Region, Translator};
use crate::abi::{Builtin, Trap};
use crate::layout::*;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Value, types};
use wasmparser::Operator;

impl Translator<'_> {
    pub(super) fn table(&mut self, operator: &Operator<'_>) -> bool {
        match *operator {
            Operator::RefNull { .. } => {
                let null = self.i64(0);
                self.push(null);
            }
            Operator::RefIsNull => {
                let reference = self.pop();
                let null = self.builder.ins().icmp_imm_u(IntCC::Equal, reference, 0);
                self.push_condition(null);
            }
            Operator::RefFunc { function_index } => {
                let record = self.record(function_index);
                self.push(record);
            }
            Operator::TableGet { table } => {
                self.facts.observable();
                let index = self.pop();
                let address = self.element(table, index, Trap::TableBounds);
                let value = self.load(types::I64, Region::Tables, address, 0);
                self.push(value);
            }
            Operator::TableSet { table } => {
                self.facts.observable();
                let (index, value) = self.pop2();
                let address = self.element(table, index, Trap::TableBounds);
                let flags = self.flags(Region::Tables);
                self.builder.ins().store(flags, value, address, 0);
            }
            Operator::TableSize { table } => {
                let size = self.table_size(table);
                let size = self.builder.ins().ireduce(types::I32, size);
                self.push(size);
            }
            Operator::TableGrow { table } => {
                let (value, elements) = self.pop2();
                let table = self.i64(i64::from(table));
                let before = self.builtin(Builtin::TableGrow, &[table, value, elements]);
                let before = before.expect("table_grow has a result");
                let before = self.builder.ins().ireduce(types::I32, before);
                self.push(before);
            }
            Operator::TableFill { table } => {
                let length = self.pop();
                let (at, value) = self.pop2();
                let table = self.i64(i64::from(table));
                self.builtin(Builtin::TableFill, &[table, at, value, length]);
            }
            Operator::TableCopy { dst_table, src_table } => {
                self.three(Builtin::TableCopy, dst_table, src_table);
            }
            Operator::TableInit { elem_index, table } => {
                self.three(Builtin::TableInit, table, elem_index);
            }
            Operator::ElemDrop { elem_index } => {
                let segment = self.i64(i64::from(elem_index));
                self.builtin(Builtin::ElemDrop, &[segment]);
            }
            _ => return false,
        }
        true
    }

    /// A builtin of two indices and the operands to, from and length.
    pub(super) fn three(&mut self, builtin: Builtin, first: u32, second: u32) {
        let length = self.pop();
        let (to, from) = self.pop2();
        let (first, second) = (self.i64(i64::from(first)), self.i64(i64::from(second)));
        self.builtin(builtin, &[first, second, to, from, length]);
    }

    fn record(&mut self, function: u32) -> Value {
        if function < self.environment.module.imported_functions {
            return self.constant(self.vmctx, self.environment.layout.import(function) + IMPORT_RECORD);
        }
        let position = self.environment.records[&function];
        let offset = self.environment.layout.reference(position);
        self.builder.ins().iadd_imm_s(self.vmctx, i64::from(offset))
    }

    /// Where the table's base and size are.
    fn table_pair(&mut self, table: u32) -> (Value, i32) {
        let offset = self.environment.layout.table(table);
        if table < self.environment.module.imported_tables {
            (self.constant(self.vmctx, offset), 0)
        } else {
            (self.vmctx, offset)
        }
    }

    fn table_size(&mut self, table: u32) -> Value {
        if let Some(size) = self.environment.module.fixed_table(table) {
            return self.i64(size as i64);
        }
        let (pair, at) = self.table_pair(table);
        self.load(types::I64, Region::Lengths, pair, at + PAIR_LENGTH)
    }

    fn table_base(&mut self, table: u32) -> Value {
        let (pair, at) = self.table_pair(table);
        if self.environment.module.fixed_table(table).is_some() {
            self.constant(pair, at + PAIR_BASE)
        } else {
            self.load(types::I64, Region::Lengths, pair, at + PAIR_BASE)
        }
    }

    /// The checked address of an element.
    pub(super) fn element(&mut self, table: u32, index: Value, trap: Trap) -> Value {
        let size = self.table_size(table);
        let index = self.extended(index);
        let beyond = self.builder.ins().icmp(IntCC::UnsignedGreaterThanOrEqual, index, size);
        self.trap_if(beyond, trap);
        let base = self.table_base(table);
        let offset = self.builder.ins().ishl_imm_u(index, 3);
        let address = self.builder.ins().iadd(base, offset);
        // A wrongly predicted check may not lead to a record outside the table.
        self.builder.ins().select_spectre_guard(beyond, base, address)
    }
}
