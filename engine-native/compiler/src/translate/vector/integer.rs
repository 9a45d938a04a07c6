//! Arithmetic and comparisons of integer lanes.

use super::{vector_binary, vector_unary};
use crate::translate::Translator;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{InstBuilder, Type, types};
use wasmparser::Operator;

/// All lanes by the same count, which Cranelift takes modulo the lane's width.
macro_rules! shift {
    ($self:ident, $ty:expr, $instruction:ident) => {{
        let count = $self.pop();
        let vector = $self.pop_vector($ty);
        let value = $self.builder.ins().$instruction(vector, count);
        $self.push(value);
    }};
}

macro_rules! multiply_widened {
    ($self:ident, $ty:expr, $widen:ident) => {{
        let (a, b) = $self.pop_vectors($ty);
        let (a, b) = ($self.builder.ins().$widen(a), $self.builder.ins().$widen(b));
        let value = $self.builder.ins().imul(a, b);
        $self.push(value);
    }};
}

macro_rules! add_pairs {
    ($self:ident, $ty:expr, $low:ident, $high:ident) => {{
        let vector = $self.pop_vector($ty);
        let (low, high) = ($self.builder.ins().$low(vector), $self.builder.ins().$high(vector));
        let value = $self.builder.ins().iadd_pairwise(low, high);
        $self.push(value);
    }};
}

impl Translator<'_> {
    pub(super) fn vector_integer(&mut self, operator: &Operator<'_>) -> bool {
        use Operator::*;
        match operator {
            I8x16Eq => self.compare_lanes(types::I8X16, IntCC::Equal),
            I8x16Ne => self.compare_lanes(types::I8X16, IntCC::NotEqual),
            I8x16LtS => self.compare_lanes(types::I8X16, IntCC::SignedLessThan),
            I8x16LtU => self.compare_lanes(types::I8X16, IntCC::UnsignedLessThan),
            I8x16GtS => self.compare_lanes(types::I8X16, IntCC::SignedGreaterThan),
            I8x16GtU => self.compare_lanes(types::I8X16, IntCC::UnsignedGreaterThan),
            I8x16LeS => self.compare_lanes(types::I8X16, IntCC::SignedLessThanOrEqual),
            I8x16LeU => self.compare_lanes(types::I8X16, IntCC::UnsignedLessThanOrEqual),
            I8x16GeS => self.compare_lanes(types::I8X16, IntCC::SignedGreaterThanOrEqual),
            I8x16GeU => self.compare_lanes(types::I8X16, IntCC::UnsignedGreaterThanOrEqual),
            I8x16Abs => vector_unary!(self, types::I8X16, iabs),
            I8x16Neg => vector_unary!(self, types::I8X16, ineg),
            I8x16Popcnt => vector_unary!(self, types::I8X16, popcnt),
            I8x16Add => vector_binary!(self, types::I8X16, iadd),
            I8x16Sub => vector_binary!(self, types::I8X16, isub),
            I8x16AddSatS => vector_binary!(self, types::I8X16, sadd_sat),
            I8x16AddSatU => vector_binary!(self, types::I8X16, uadd_sat),
            I8x16SubSatS => vector_binary!(self, types::I8X16, ssub_sat),
            I8x16SubSatU => vector_binary!(self, types::I8X16, usub_sat),
            I8x16AvgrU => vector_binary!(self, types::I8X16, avg_round),
            I8x16MinS => vector_binary!(self, types::I8X16, smin),
            I8x16MinU => vector_binary!(self, types::I8X16, umin),
            I8x16MaxS => vector_binary!(self, types::I8X16, smax),
            I8x16MaxU => vector_binary!(self, types::I8X16, umax),
            I8x16Shl => shift!(self, types::I8X16, ishl),
            I8x16ShrS => shift!(self, types::I8X16, sshr),
            I8x16ShrU => shift!(self, types::I8X16, ushr),
            I16x8Eq => self.compare_lanes(types::I16X8, IntCC::Equal),
            I16x8Ne => self.compare_lanes(types::I16X8, IntCC::NotEqual),
            I16x8LtS => self.compare_lanes(types::I16X8, IntCC::SignedLessThan),
            I16x8LtU => self.compare_lanes(types::I16X8, IntCC::UnsignedLessThan),
            I16x8GtS => self.compare_lanes(types::I16X8, IntCC::SignedGreaterThan),
            I16x8GtU => self.compare_lanes(types::I16X8, IntCC::UnsignedGreaterThan),
            I16x8LeS => self.compare_lanes(types::I16X8, IntCC::SignedLessThanOrEqual),
            I16x8LeU => self.compare_lanes(types::I16X8, IntCC::UnsignedLessThanOrEqual),
            I16x8GeS => self.compare_lanes(types::I16X8, IntCC::SignedGreaterThanOrEqual),
            I16x8GeU => self.compare_lanes(types::I16X8, IntCC::UnsignedGreaterThanOrEqual),
            I16x8Abs => vector_unary!(self, types::I16X8, iabs),
            I16x8Neg => vector_unary!(self, types::I16X8, ineg),
            I16x8Add => vector_binary!(self, types::I16X8, iadd),
            I16x8Sub => vector_binary!(self, types::I16X8, isub),
            I16x8AddSatS => vector_binary!(self, types::I16X8, sadd_sat),
            I16x8AddSatU => vector_binary!(self, types::I16X8, uadd_sat),
            I16x8SubSatS => vector_binary!(self, types::I16X8, ssub_sat),
            I16x8SubSatU => vector_binary!(self, types::I16X8, usub_sat),
            I16x8AvgrU => vector_binary!(self, types::I16X8, avg_round),
            I16x8Mul => vector_binary!(self, types::I16X8, imul),
            I16x8MinS => vector_binary!(self, types::I16X8, smin),
            I16x8MinU => vector_binary!(self, types::I16X8, umin),
            I16x8MaxS => vector_binary!(self, types::I16X8, smax),
            I16x8MaxU => vector_binary!(self, types::I16X8, umax),
            I16x8Q15MulrSatS => vector_binary!(self, types::I16X8, sqmul_round_sat),
            I16x8Shl => shift!(self, types::I16X8, ishl),
            I16x8ShrS => shift!(self, types::I16X8, sshr),
            I16x8ShrU => shift!(self, types::I16X8, ushr),
            I32x4Eq => self.compare_lanes(types::I32X4, IntCC::Equal),
            I32x4Ne => self.compare_lanes(types::I32X4, IntCC::NotEqual),
            I32x4LtS => self.compare_lanes(types::I32X4, IntCC::SignedLessThan),
            I32x4LtU => self.compare_lanes(types::I32X4, IntCC::UnsignedLessThan),
            I32x4GtS => self.compare_lanes(types::I32X4, IntCC::SignedGreaterThan),
            I32x4GtU => self.compare_lanes(types::I32X4, IntCC::UnsignedGreaterThan),
            I32x4LeS => self.compare_lanes(types::I32X4, IntCC::SignedLessThanOrEqual),
            I32x4LeU => self.compare_lanes(types::I32X4, IntCC::UnsignedLessThanOrEqual),
            I32x4GeS => self.compare_lanes(types::I32X4, IntCC::SignedGreaterThanOrEqual),
            I32x4GeU => self.compare_lanes(types::I32X4, IntCC::UnsignedGreaterThanOrEqual),
            I32x4Abs => vector_unary!(self, types::I32X4, iabs),
            I32x4Neg => vector_unary!(self, types::I32X4, ineg),
            I32x4Add => vector_binary!(self, types::I32X4, iadd),
            I32x4Sub => vector_binary!(self, types::I32X4, isub),
            I32x4Mul => vector_binary!(self, types::I32X4, imul),
            I32x4MinS => vector_binary!(self, types::I32X4, smin),
            I32x4MinU => vector_binary!(self, types::I32X4, umin),
            I32x4MaxS => vector_binary!(self, types::I32X4, smax),
            I32x4MaxU => vector_binary!(self, types::I32X4, umax),
            I32x4Shl => shift!(self, types::I32X4, ishl),
            I32x4ShrS => shift!(self, types::I32X4, sshr),
            I32x4ShrU => shift!(self, types::I32X4, ushr),
            I64x2Eq => self.compare_lanes(types::I64X2, IntCC::Equal),
            I64x2Ne => self.compare_lanes(types::I64X2, IntCC::NotEqual),
            I64x2LtS => self.compare_lanes(types::I64X2, IntCC::SignedLessThan),
            I64x2GtS => self.compare_lanes(types::I64X2, IntCC::SignedGreaterThan),
            I64x2LeS => self.compare_lanes(types::I64X2, IntCC::SignedLessThanOrEqual),
            I64x2GeS => self.compare_lanes(types::I64X2, IntCC::SignedGreaterThanOrEqual),
            I64x2Abs => vector_unary!(self, types::I64X2, iabs),
            I64x2Neg => vector_unary!(self, types::I64X2, ineg),
            I64x2Add => vector_binary!(self, types::I64X2, iadd),
            I64x2Sub => vector_binary!(self, types::I64X2, isub),
            I64x2Mul => vector_binary!(self, types::I64X2, imul),
            I64x2Shl => shift!(self, types::I64X2, ishl),
            I64x2ShrS => shift!(self, types::I64X2, sshr),
            I64x2ShrU => shift!(self, types::I64X2, ushr),
            I16x8ExtendLowI8x16S => vector_unary!(self, types::I8X16, swiden_low),
            I16x8ExtendHighI8x16S => vector_unary!(self, types::I8X16, swiden_high),
            I16x8ExtMulLowI8x16S => multiply_widened!(self, types::I8X16, swiden_low),
            I16x8ExtMulHighI8x16S => multiply_widened!(self, types::I8X16, swiden_high),
            I16x8ExtAddPairwiseI8x16S => add_pairs!(self, types::I8X16, swiden_low, swiden_high),
            I16x8ExtendLowI8x16U => vector_unary!(self, types::I8X16, uwiden_low),
            I16x8ExtendHighI8x16U => vector_unary!(self, types::I8X16, uwiden_high),
            I16x8ExtMulLowI8x16U => multiply_widened!(self, types::I8X16, uwiden_low),
            I16x8ExtMulHighI8x16U => multiply_widened!(self, types::I8X16, uwiden_high),
            I16x8ExtAddPairwiseI8x16U => add_pairs!(self, types::I8X16, uwiden_low, uwiden_high),
            I32x4ExtendLowI16x8S => vector_unary!(self, types::I16X8, swiden_low),
            I32x4ExtendHighI16x8S => vector_unary!(self, types::I16X8, swiden_high),
            I32x4ExtMulLowI16x8S => multiply_widened!(self, types::I16X8, swiden_low),
            I32x4ExtMulHighI16x8S => multiply_widened!(self, types::I16X8, swiden_high),
            I32x4ExtAddPairwiseI16x8S => add_pairs!(self, types::I16X8, swiden_low, swiden_high),
            I32x4ExtendLowI16x8U => vector_unary!(self, types::I16X8, uwiden_low),
            I32x4ExtendHighI16x8U => vector_unary!(self, types::I16X8, uwiden_high),
            I32x4ExtMulLowI16x8U => multiply_widened!(self, types::I16X8, uwiden_low),
            I32x4ExtMulHighI16x8U => multiply_widened!(self, types::I16X8, uwiden_high),
            I32x4ExtAddPairwiseI16x8U => add_pairs!(self, types::I16X8, uwiden_low, uwiden_high),
            I64x2ExtendLowI32x4S => vector_unary!(self, types::I32X4, swiden_low),
            I64x2ExtendHighI32x4S => vector_unary!(self, types::I32X4, swiden_high),
            I64x2ExtMulLowI32x4S => multiply_widened!(self, types::I32X4, swiden_low),
            I64x2ExtMulHighI32x4S => multiply_widened!(self, types::I32X4, swiden_high),
            I64x2ExtendLowI32x4U => vector_unary!(self, types::I32X4, uwiden_low),
            I64x2ExtendHighI32x4U => vector_unary!(self, types::I32X4, uwiden_high),
            I64x2ExtMulLowI32x4U => multiply_widened!(self, types::I32X4, uwiden_low),
            I64x2ExtMulHighI32x4U => multiply_widened!(self, types::I32X4, uwiden_high),
            I8x16NarrowI16x8S => vector_binary!(self, types::I16X8, snarrow),
            I8x16NarrowI16x8U => vector_binary!(self, types::I16X8, unarrow),
            I16x8NarrowI32x4S => vector_binary!(self, types::I32X4, snarrow),
            I16x8NarrowI32x4U => vector_binary!(self, types::I32X4, unarrow),
            I32x4DotI16x8S => self.dot(types::I16X8),
            _ => return false,
        }
        true
    }

    fn compare_lanes(&mut self, ty: Type, condition: IntCC) {
        let (a, b) = self.pop_vectors(ty);
        let value = self.builder.ins().icmp(condition, a, b);
        self.push(value);
    }

    /// The products of lanes, in lanes twice as wide, and neighbours added.
    pub(super) fn dot(&mut self, ty: Type) {
        let (a, b) = self.pop_vectors(ty);
        let (a_low, b_low) = (self.builder.ins().swiden_low(a), self.builder.ins().swiden_low(b));
        let (a_high, b_high) = (self.builder.ins().swiden_high(a), self.builder.ins().swiden_high(b));
        let (low, high) = (self.builder.ins().imul(a_low, b_low), self.builder.ins().imul(a_high, b_high));
        let value = self.builder.ins().iadd_pairwise(low, high);
        self.push(value);
    }
}
