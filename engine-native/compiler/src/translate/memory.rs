//! Accesses to linear memories, their bounds checks, and what happens to memories as a whole.

use super::{Region, Translator};
use crate::abi::{Builtin, Trap};
use crate::layout::*;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::immediates::Imm64;
use cranelift_codegen::ir::{
    Endianness, InstBuilder, InstructionData, MemFlagsData, Opcode, Type, Value, ValueDef, types,
};
use wasmparser::{MemArg, Operator};

const PAGE: u64 = 1 << 16;

/// Up to this many bytes, a known number of them is copied or filled by loads and stores.
const INLINE: u64 = 64;

/// The most bytes that are copied or filled without the runtime, so that ticks are not delayed.
const AT_ONCE: i64 = 1 << 16;

impl Translator<'_> {
    pub(super) fn memory(&mut self, operator: &Operator<'_>) -> bool {
        use Operator::*;
        match *operator {
            I32Load { memarg } => self.load_whole(types::I32, memarg),
            I64Load { memarg } => self.load_whole(types::I64, memarg),
            F32Load { memarg } => self.load_whole(types::F32, memarg),
            F64Load { memarg } => self.load_whole(types::F64, memarg),
            I32Load8S { memarg } => self.load_part(Opcode::Sload8, types::I32, memarg),
            I32Load8U { memarg } => self.load_part(Opcode::Uload8, types::I32, memarg),
            I32Load16S { memarg } => self.load_part(Opcode::Sload16, types::I32, memarg),
            I32Load16U { memarg } => self.load_part(Opcode::Uload16, types::I32, memarg),
            I64Load8S { memarg } => self.load_part(Opcode::Sload8, types::I64, memarg),
            I64Load8U { memarg } => self.load_part(Opcode::Uload8, types::I64, memarg),
            I64Load16S { memarg } => self.load_part(Opcode::Sload16, types::I64, memarg),
            I64Load16U { memarg } => self.load_part(Opcode::Uload16, types::I64, memarg),
            I64Load32S { memarg } => self.load_part(Opcode::Sload32, types::I64, memarg),
            I64Load32U { memarg } => self.load_part(Opcode::Uload32, types::I64, memarg),
            I32Store { memarg } | F32Store { memarg } => self.store_value(Opcode::Store, 4, memarg),
            I64Store { memarg } | F64Store { memarg } => self.store_value(Opcode::Store, 8, memarg),
            I32Store8 { memarg } | I64Store8 { memarg } => self.store_value(Opcode::Istore8, 1, memarg),
            I32Store16 { memarg } | I64Store16 { memarg } => self.store_value(Opcode::Istore16, 2, memarg),
            I64Store32 { memarg } => self.store_value(Opcode::Istore32, 4, memarg),
            MemorySize { mem } => {
                let length = self.memory_length(mem);
                let pages = self.builder.ins().ushr_imm_u(length, i64::from(PAGE.ilog2()));
                let pages = self.builder.ins().ireduce(types::I32, pages);
                self.push(pages);
            }
            MemoryGrow { mem } => {
                let pages = self.pop();
                let mem = self.i64(i64::from(mem));
                let before = self.builtin(Builtin::MemoryGrow, &[mem, pages]).expect("memory_grow has a result");
                let before = self.builder.ins().ireduce(types::I32, before);
                self.push(before);
            }
            MemoryInit { data_index, mem } => self.three(Builtin::MemoryInit, mem, data_index),
            DataDrop { data_index } => {
                let segment = self.i64(i64::from(data_index));
                self.builtin(Builtin::DataDrop, &[segment]);
            }
            MemoryCopy { dst_mem, src_mem } => self.memory_copy(dst_mem, src_mem),
            MemoryFill { mem } => self.memory_fill(mem),
            _ => return false,
        }
        true
    }

    /// What is in linear memories. A check before the access keeps it from trapping, and since the
    /// access may not move (`can_move` is not set) it stays behind its check.
    pub(super) fn heap(&self) -> MemFlagsData {
        MemFlagsData::new()
            .with_notrap()
            .with_endianness(Endianness::Little)
            .with_alias_region(Some(self.regions[Region::Heap as usize]))
    }

    pub(super) fn load_whole(&mut self, ty: Type, memarg: MemArg) {
        let (address, offset) = self.address(memarg, u64::from(ty.bytes()));
        let flags = self.heap();
        let value = self.builder.ins().load(ty, flags, address, offset);
        self.push(value);
    }

    fn load_part(&mut self, opcode: Opcode, ty: Type, memarg: MemArg) {
        let size = match opcode {
            Opcode::Sload8 | Opcode::Uload8 => 1,
            Opcode::Sload16 | Opcode::Uload16 => 2,
            _ => 4,
        };
        let (address, offset) = self.address(memarg, size);
        let flags = self.heap();
        let ins = self.builder.ins();
        let value = match opcode {
            Opcode::Sload8 => ins.sload8(ty, flags, address, offset),
            Opcode::Uload8 => ins.uload8(ty, flags, address, offset),
            Opcode::Sload16 => ins.sload16(ty, flags, address, offset),
            Opcode::Uload16 => ins.uload16(ty, flags, address, offset),
            Opcode::Sload32 => ins.sload32(flags, address, offset),
            _ => ins.uload32(flags, address, offset),
        };
        self.push(value);
    }

    pub(super) fn store_value(&mut self, opcode: Opcode, size: u64, memarg: MemArg) {
        let value = self.pop();
        let (address, offset) = self.address(memarg, size);
        self.facts.observable();
        let flags = self.heap();
        let ins = self.builder.ins();
        match opcode {
            Opcode::Istore8 => ins.istore8(flags, value, address, offset),
            Opcode::Istore16 => ins.istore16(flags, value, address, offset),
            Opcode::Istore32 => ins.istore32(flags, value, address, offset),
            _ => ins.store(flags, value, address, offset),
        };
    }

    /// The checked address of an access with the index on the operand stack, and an offset to it.
    pub(super) fn address(&mut self, memarg: MemArg, size: u64) -> (Value, i32) {
        let index = self.pop();
        self.check(memarg.memory, index, memarg.offset + size);
        self.place(memarg.memory, index, memarg.offset)
    }

    fn place(&mut self, memory: u32, index: Value, offset: u64) -> (Value, i32) {
        let (pair, at) = self.pair(memory);
        let base = self.constant(pair, at + PAIR_BASE);
        let index = self.extended(index);
        let address = self.builder.ins().iadd(base, index);
        match i32::try_from(offset) {
            Ok(offset) => (address, offset),
            Err(_) => (self.builder.ins().iadd_imm_u(address, offset as i64), 0),
        }
    }

    /// Makes sure that `index + end` is at most the memory's length, where that is not known already.
    fn check(&mut self, memory: u32, index: Value, end: u64) {
        let index = self.builder.func.dfg.resolve_aliases(index);
        let least = self.environment.module.memories[memory as usize].minimum * PAGE;
        if self.greatest(index) + end <= least || self.facts.covers(memory, index, end) {
            return;
        }
        if let Some(constant) = self.facts.widen(memory, index, end) {
            let imm = Imm64::new(end as i64);
            self.builder.func.dfg.insts[constant] = InstructionData::UnaryImm { opcode: Opcode::Iconst, imm };
            return;
        }
        let constant = self.i64(end as i64);
        let ValueDef::Result(inst, _) = self.builder.func.dfg.value_def(constant) else {
            unreachable!("a constant is an instruction's result");
        };
        let wide = self.extended(index);
        let reach = self.builder.ins().iadd(wide, constant);
        let length = self.memory_length(memory);
        let beyond = self.builder.ins().icmp(IntCC::UnsignedGreaterThan, reach, length);
        self.trap_if(beyond, Trap::MemoryBounds);
        self.facts.checked(memory, index, end, inst);
    }

    /// Where the memory's base and length are.
    fn pair(&mut self, memory: u32) -> (Value, i32) {
        let offset = self.environment.layout.memory(memory);
        if memory < self.environment.module.imported_memories {
            (self.constant(self.vmctx, offset), 0)
        } else {
            (self.vmctx, offset)
        }
    }

    /// In bytes.
    fn memory_length(&mut self, memory: u32) -> Value {
        let (pair, at) = self.pair(memory);
        self.load(types::I64, Region::Lengths, pair, at + PAIR_LENGTH)
    }

    fn memory_copy(&mut self, to_memory: u32, from_memory: u32) {
        let length = self.pop();
        let (to, from) = self.pop2();
        if let Some(known) = self.constant_of(length).filter(|known| *known <= INLINE) {
            self.check(to_memory, to, known);
            self.check(from_memory, from, known);
            self.facts.observable();
            let (to, _) = self.place(to_memory, to, 0);
            let (from, _) = self.place(from_memory, from, 0);
            let flags = self.heap();
            let mut loaded = Vec::new();
            // They may overlap: all loads come before the stores.
            for (ty, offset) in pieces(known) {
                loaded.push((self.builder.ins().load(ty, flags, from, offset), offset));
            }
            for (value, offset) in loaded {
                self.builder.ins().store(flags, value, to, offset);
            }
            return;
        }
        let memories = [self.i64(i64::from(to_memory)), self.i64(i64::from(from_memory))];
        let operands = [memories[0], memories[1], to, from, length];
        self.at_once(length, Builtin::MemoryCopy, &operands, |this| {
            let to = this.span(to_memory, to, length);
            let from = this.span(from_memory, from, length);
            (MEMMOVE, [to, from], types::I64)
        });
    }

    fn memory_fill(&mut self, memory: u32) {
        let length = self.pop();
        let (to, byte) = self.pop2();
        if let Some(known) = self.constant_of(length).filter(|known| *known <= INLINE) {
            self.check(memory, to, known);
            self.facts.observable();
            let (to, _) = self.place(memory, to, 0);
            let low = self.builder.ins().ireduce(types::I8, byte);
            let low = self.builder.ins().uextend(types::I64, low);
            let repeated = self.builder.ins().imul_imm_u(low, 0x0101_0101_0101_0101);
            let flags = self.heap();
            for (ty, offset) in pieces(known) {
                match ty {
                    types::I8X16 => {
                        self.builder.ins().store(flags, repeated, to, offset);
                        self.builder.ins().store(flags, repeated, to, offset + 8)
                    }
                    types::I64 => self.builder.ins().store(flags, repeated, to, offset),
                    types::I32 => self.builder.ins().istore32(flags, repeated, to, offset),
                    types::I16 => self.builder.ins().istore16(flags, repeated, to, offset),
                    _ => self.builder.ins().istore8(flags, repeated, to, offset),
                };
            }
            return;
        }
        let memory_number = self.i64(i64::from(memory));
        self.at_once(length, Builtin::MemoryFill, &[memory_number, to, byte, length], |this| {
            let to = this.span(memory, to, length);
            (MEMSET, [to, byte], types::I32)
        });
    }

    /// Few bytes are moved by the routine that `checked` finds after its bounds checks; many by the builtin.
    fn at_once(
        &mut self,
        length: Value,
        builtin: Builtin,
        operands: &[Value],
        checked: impl FnOnce(&mut Self) -> (i32, [Value; 2], Type),
    ) {
        self.facts.observable();
        let [many, few, done] = std::array::from_fn(|_| self.builder.create_block());
        let wide = self.extended(length);
        let is_many = self.builder.ins().icmp_imm_u(IntCC::UnsignedGreaterThan, wide, AT_ONCE);
        self.builder.ins().brif(is_many, many, &[], few, &[]);
        self.builder.set_cold_block(many);
        self.builder.switch_to_block(many);
        self.builder.seal_block(many);
        self.builtin(builtin, operands);
        self.builder.ins().jump(done, &[]);
        self.builder.switch_to_block(few);
        self.builder.seal_block(few);
        let (routine, [first, second], second_type) = checked(self);
        self.routine(routine, [first, second, wide], second_type);
        self.builder.ins().jump(done, &[]);
        self.builder.switch_to_block(done);
        self.builder.seal_block(done);
    }

    /// The address of so many bytes, checked.
    fn span(&mut self, memory: u32, index: Value, length: Value) -> Value {
        let (start, wide) = (self.extended(index), self.extended(length));
        let end = self.builder.ins().iadd(start, wide);
        let available = self.memory_length(memory);
        let beyond = self.builder.ins().icmp(IntCC::UnsignedGreaterThan, end, available);
        self.trap_if(beyond, Trap::MemoryBounds);
        self.place(memory, index, 0).0
    }
}

/// How so many bytes are taken: offsets of 16, 8, 4, 2 and 1 bytes.
fn pieces(length: u64) -> Vec<(Type, i32)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for ty in [types::I8X16, types::I64, types::I32, types::I16, types::I8] {
        while length - at >= u64::from(ty.bytes()) {
            pieces.push((ty, at as i32));
            at += u64::from(ty.bytes());
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::pieces;
    use cranelift_codegen::ir::types;

    #[test]
    fn pieces_cover_every_byte_once() {
        assert_eq!(pieces(0), []);
        assert_eq!(pieces(23), [(types::I8X16, 0), (types::I32, 16), (types::I16, 20), (types::I8, 22)]);
        for length in 0..=64 {
            let covered: u64 = pieces(length).iter().map(|(ty, _)| u64::from(ty.bytes())).sum();
            assert_eq!(covered, length);
        }
    }
}
