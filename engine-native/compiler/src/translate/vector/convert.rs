//! Conversions between vectors of integers and of floats.

use super::vector_unary;
use crate::translate::Translator;
use cranelift_codegen::ir::{InstBuilder, types};
use wasmparser::Operator;

impl Translator<'_> {
    pub(super) fn vector_convert(&mut self, operator: &Operator<'_>) -> bool {
        use Operator::*;
        let value = match operator {
            // A relaxed truncation may be a saturating one.
            I32x4TruncSatF32x4S | I32x4RelaxedTruncF32x4S => {
                let vector = self.pop_vector(types::F32X4);
                self.builder.ins().fcvt_to_sint_sat(types::I32X4, vector)
            }
            I32x4TruncSatF32x4U | I32x4RelaxedTruncF32x4U => {
                let vector = self.pop_vector(types::F32X4);
                self.builder.ins().fcvt_to_uint_sat(types::I32X4, vector)
            }
            I32x4TruncSatF64x2SZero | I32x4RelaxedTruncF64x2SZero => {
                let vector = self.pop_vector(types::F64X2);
                let wide = self.builder.ins().fcvt_to_sint_sat(types::I64X2, vector);
                let zero = self.zero(types::I64X2);
                self.builder.ins().snarrow(wide, zero)
            }
            I32x4TruncSatF64x2UZero | I32x4RelaxedTruncF64x2UZero => {
                let vector = self.pop_vector(types::F64X2);
                let wide = self.builder.ins().fcvt_to_uint_sat(types::I64X2, vector);
                let zero = self.zero(types::I64X2);
                self.builder.ins().uunarrow(wide, zero)
            }
            F32x4ConvertI32x4S => {
                let vector = self.pop_vector(types::I32X4);
                self.builder.ins().fcvt_from_sint(types::F32X4, vector)
            }
            F32x4ConvertI32x4U => {
                let vector = self.pop_vector(types::I32X4);
                self.builder.ins().fcvt_from_uint(types::F32X4, vector)
            }
            F64x2ConvertLowI32x4S => {
                let vector = self.pop_vector(types::I32X4);
                let wide = self.builder.ins().swiden_low(vector);
                self.builder.ins().fcvt_from_sint(types::F64X2, wide)
            }
            F64x2ConvertLowI32x4U => {
                let vector = self.pop_vector(types::I32X4);
                let wide = self.builder.ins().uwiden_low(vector);
                self.builder.ins().fcvt_from_uint(types::F64X2, wide)
            }
            F32x4DemoteF64x2Zero => {
                vector_unary!(self, types::F64X2, fvdemote);
                return true;
            }
            F64x2PromoteLowF32x4 => {
                vector_unary!(self, types::F32X4, fvpromote_low);
                return true;
            }
            _ => return false,
        };
        self.push(value);
        true
    }
}
