//! The greatest value that an i32 can have, by the instructions that make it.

use super::Translator;
use cranelift_codegen::ir::{InstructionData, Opcode, Value, ValueDef, types};

/// How many instructions are looked through.
const DEPTH: u32 = 6;

impl Translator<'_> {
    /// The value, if it is a constant, as unsigned.
    pub(super) fn constant_of(&self, value: Value) -> Option<u64> {
        let dfg = &self.builder.func.dfg;
        let ValueDef::Result(inst, _) = dfg.value_def(dfg.resolve_aliases(value)) else { return None };
        match dfg.insts[inst] {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, imm } => {
                let bits = imm.bits() as u64;
                Some(if dfg.value_type(value) == types::I32 { bits & u64::from(u32::MAX) } else { bits })
            }
            _ => None,
        }
    }

    pub(super) fn greatest(&self, value: Value) -> u64 {
        self.greatest_within(value, DEPTH)
    }

    fn greatest_within(&self, value: Value, depth: u32) -> u64 {
        let most = u64::from(u32::MAX);
        if depth == 0 {
            return most;
        }
        let dfg = &self.builder.func.dfg;
        let value = dfg.resolve_aliases(value);
        let ValueDef::Result(inst, _) = dfg.value_def(value) else { return most };
        let of = |value| self.greatest_within(value, depth - 1);
        let bound = match dfg.insts[inst] {
            InstructionData::UnaryImm { opcode: Opcode::Iconst, .. } => self.constant_of(value).unwrap_or(most),
            InstructionData::Load { opcode: Opcode::Uload8, .. } => 0xff,
            InstructionData::Load { opcode: Opcode::Uload16, .. } => 0xffff,
            InstructionData::Unary { opcode: Opcode::Uextend, arg } if dfg.value_type(arg) == types::I8 => 0xff,
            InstructionData::Unary { opcode: Opcode::Clz | Opcode::Ctz | Opcode::Popcnt, .. } => 64,
            InstructionData::Binary { opcode: Opcode::Band, args: [a, b] } => of(a).min(of(b)),
            InstructionData::Binary { opcode: Opcode::Bor | Opcode::Bxor, args: [a, b] } => {
                // All bits up to the highest that either can have.
                u64::MAX.checked_shr((of(a) | of(b)).leading_zeros()).unwrap_or(0)
            }
            InstructionData::Binary { opcode: Opcode::Iadd, args: [a, b] } => of(a) + of(b),
            InstructionData::Binary { opcode: Opcode::Imul, args: [a, b] } => of(a) * of(b),
            InstructionData::Binary { opcode: Opcode::Ishl, args: [a, b] } => match self.constant_of(b) {
                Some(count) => of(a) << (count & 31),
                None => most,
            },
            InstructionData::Binary { opcode: Opcode::Ushr, args: [a, b] } => match self.constant_of(b) {
                Some(count) => of(a) >> (count & 31),
                None => of(a),
            },
            InstructionData::Binary { opcode: Opcode::Urem, args: [_, b] } => match self.constant_of(b) {
                Some(divisor) if divisor > 0 => divisor - 1,
                _ => most,
            },
            InstructionData::Ternary { opcode: Opcode::Select, args: [_, a, b] } => of(a).max(of(b)),
            _ => most,
        };
        // What may have wrapped around can be anything.
        if bound > most { most } else { bound }
    }
}
