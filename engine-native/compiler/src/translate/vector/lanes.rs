//! Constants, lanes, shuffles, and operations on all bits.

use super::{vector_binary, vector_unary};
use crate::translate::Translator;
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use wasmparser::Operator;

impl Translator<'_> {
    pub(super) fn vector_lanes(&mut self, operator: &Operator<'_>) -> bool {
        use Operator::*;
        match *operator {
            V128Const { value } => {
                let constant = self.builder.func.dfg.constants.insert(value.bytes().as_slice().into());
                let value = self.builder.ins().vconst(types::I8X16, constant);
                self.push(value);
            }
            I8x16Shuffle { lanes } => {
                let (a, b) = self.pop_vectors(types::I8X16);
                let lanes = self.builder.func.dfg.immediates.push(lanes.as_slice().into());
                let value = self.builder.ins().shuffle(a, b, lanes);
                self.push(value);
            }
            I8x16Swizzle => vector_binary!(self, types::I8X16, swizzle),
            I8x16ExtractLaneS { lane } => self.extract(types::I8X16, lane, true),
            I8x16ExtractLaneU { lane } => self.extract(types::I8X16, lane, false),
            I16x8ExtractLaneS { lane } => self.extract(types::I16X8, lane, true),
            I16x8ExtractLaneU { lane } => self.extract(types::I16X8, lane, false),
            I32x4ExtractLane { lane } => self.extract(types::I32X4, lane, false),
            I64x2ExtractLane { lane } => self.extract(types::I64X2, lane, false),
            F32x4ExtractLane { lane } => self.extract(types::F32X4, lane, false),
            F64x2ExtractLane { lane } => self.extract(types::F64X2, lane, false),
            I8x16ReplaceLane { lane } => self.replace(types::I8X16, lane),
            I16x8ReplaceLane { lane } => self.replace(types::I16X8, lane),
            I32x4ReplaceLane { lane } => self.replace(types::I32X4, lane),
            I64x2ReplaceLane { lane } => self.replace(types::I64X2, lane),
            F32x4ReplaceLane { lane } => self.replace(types::F32X4, lane),
            F64x2ReplaceLane { lane } => self.replace(types::F64X2, lane),
            I8x16Splat => self.splat(types::I8X16),
            I16x8Splat => self.splat(types::I16X8),
            I32x4Splat => self.splat(types::I32X4),
            I64x2Splat => self.splat(types::I64X2),
            F32x4Splat => self.splat(types::F32X4),
            F64x2Splat => self.splat(types::F64X2),
            V128Not => vector_unary!(self, types::I8X16, bnot),
            V128And => vector_binary!(self, types::I8X16, band),
            V128AndNot => vector_binary!(self, types::I8X16, band_not),
            V128Or => vector_binary!(self, types::I8X16, bor),
            V128Xor => vector_binary!(self, types::I8X16, bxor),
            V128Bitselect => self.bitselect(),
            V128AnyTrue => {
                let vector = self.pop_vector(types::I8X16);
                let any = self.builder.ins().vany_true(vector);
                self.push_condition(any);
            }
            I8x16AllTrue => self.all_true(types::I8X16),
            I16x8AllTrue => self.all_true(types::I16X8),
            I32x4AllTrue => self.all_true(types::I32X4),
            I64x2AllTrue => self.all_true(types::I64X2),
            I8x16Bitmask => self.bitmask(types::I8X16),
            I16x8Bitmask => self.bitmask(types::I16X8),
            I32x4Bitmask => self.bitmask(types::I32X4),
            I64x2Bitmask => self.bitmask(types::I64X2),
            _ => return false,
        }
        true
    }

    /// Lanes smaller than i32 are extended to it.
    fn extract(&mut self, ty: Type, lane: u8, signed: bool) {
        let vector = self.pop_vector(ty);
        let value = self.builder.ins().extractlane(vector, lane);
        let value = match ty.lane_type() {
            types::I8 | types::I16 if signed => self.builder.ins().sextend(types::I32, value),
            types::I8 | types::I16 => self.builder.ins().uextend(types::I32, value),
            _ => value,
        };
        self.push(value);
    }

    /// Pops a lane's value.
    fn pop_lane(&mut self, ty: Type) -> Value {
        let value = self.pop();
        match ty.lane_type() {
            small @ (types::I8 | types::I16) => self.builder.ins().ireduce(small, value),
            _ => value,
        }
    }

    fn replace(&mut self, ty: Type, lane: u8) {
        let value = self.pop_lane(ty);
        let vector = self.pop_vector(ty);
        let value = self.builder.ins().insertlane(vector, value, lane);
        self.push(value);
    }

    fn splat(&mut self, ty: Type) {
        let value = self.pop_lane(ty);
        let value = self.builder.ins().splat(ty, value);
        self.push(value);
    }

    pub(super) fn bitselect(&mut self) {
        let mask = self.pop_vector(types::I8X16);
        let (a, b) = self.pop_vectors(types::I8X16);
        let value = self.builder.ins().bitselect(mask, a, b);
        self.push(value);
    }

    fn all_true(&mut self, ty: Type) {
        let vector = self.pop_vector(ty);
        let all = self.builder.ins().vall_true(vector);
        self.push_condition(all);
    }

    fn bitmask(&mut self, ty: Type) {
        let vector = self.pop_vector(ty);
        let value = self.builder.ins().vhigh_bits(types::I32, vector);
        self.push(value);
    }
}
