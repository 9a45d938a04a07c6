//! Arithmetic and comparisons of float lanes.

use super::{vector_binary, vector_unary};
use crate::translate::Translator;
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::{InstBuilder, Type, types};
use wasmparser::Operator;

impl Translator<'_> {
    pub(super) fn vector_float(&mut self, operator: &Operator<'_>) -> bool {
        use Operator::*;
        match operator {
            F32x4Eq => self.compare_float_lanes(types::F32X4, FloatCC::Equal),
            F32x4Ne => self.compare_float_lanes(types::F32X4, FloatCC::NotEqual),
            F32x4Lt => self.compare_float_lanes(types::F32X4, FloatCC::LessThan),
            F32x4Gt => self.compare_float_lanes(types::F32X4, FloatCC::GreaterThan),
            F32x4Le => self.compare_float_lanes(types::F32X4, FloatCC::LessThanOrEqual),
            F32x4Ge => self.compare_float_lanes(types::F32X4, FloatCC::GreaterThanOrEqual),
            F32x4Ceil => vector_unary!(self, types::F32X4, ceil),
            F32x4Floor => vector_unary!(self, types::F32X4, floor),
            F32x4Trunc => vector_unary!(self, types::F32X4, trunc),
            F32x4Nearest => vector_unary!(self, types::F32X4, nearest),
            F32x4Abs => vector_unary!(self, types::F32X4, fabs),
            F32x4Neg => vector_unary!(self, types::F32X4, fneg),
            F32x4Sqrt => vector_unary!(self, types::F32X4, sqrt),
            F32x4Add => vector_binary!(self, types::F32X4, fadd),
            F32x4Sub => vector_binary!(self, types::F32X4, fsub),
            F32x4Mul => vector_binary!(self, types::F32X4, fmul),
            F32x4Div => vector_binary!(self, types::F32X4, fdiv),
            F32x4Min => vector_binary!(self, types::F32X4, fmin),
            F32x4Max => vector_binary!(self, types::F32X4, fmax),
            F32x4PMin => self.pseudo(types::F32X4, true),
            F32x4PMax => self.pseudo(types::F32X4, false),
            F64x2Eq => self.compare_float_lanes(types::F64X2, FloatCC::Equal),
            F64x2Ne => self.compare_float_lanes(types::F64X2, FloatCC::NotEqual),
            F64x2Lt => self.compare_float_lanes(types::F64X2, FloatCC::LessThan),
            F64x2Gt => self.compare_float_lanes(types::F64X2, FloatCC::GreaterThan),
            F64x2Le => self.compare_float_lanes(types::F64X2, FloatCC::LessThanOrEqual),
            F64x2Ge => self.compare_float_lanes(types::F64X2, FloatCC::GreaterThanOrEqual),
            F64x2Ceil => vector_unary!(self, types::F64X2, ceil),
            F64x2Floor => vector_unary!(self, types::F64X2, floor),
            F64x2Trunc => vector_unary!(self, types::F64X2, trunc),
            F64x2Nearest => vector_unary!(self, types::F64X2, nearest),
            F64x2Abs => vector_unary!(self, types::F64X2, fabs),
            F64x2Neg => vector_unary!(self, types::F64X2, fneg),
            F64x2Sqrt => vector_unary!(self, types::F64X2, sqrt),
            F64x2Add => vector_binary!(self, types::F64X2, fadd),
            F64x2Sub => vector_binary!(self, types::F64X2, fsub),
            F64x2Mul => vector_binary!(self, types::F64X2, fmul),
            F64x2Div => vector_binary!(self, types::F64X2, fdiv),
            F64x2Min => vector_binary!(self, types::F64X2, fmin),
            F64x2Max => vector_binary!(self, types::F64X2, fmax),
            F64x2PMin => self.pseudo(types::F64X2, true),
            F64x2PMax => self.pseudo(types::F64X2, false),
            _ => return false,
        }
        true
    }

    fn compare_float_lanes(&mut self, ty: Type, condition: FloatCC) {
        let (a, b) = self.pop_vectors(ty);
        let value = self.builder.ins().fcmp(condition, a, b);
        self.push(value);
    }

    /// The pseudo-minimum is `b < a ? b : a`, the pseudo-maximum `a < b ? b : a`.
    fn pseudo(&mut self, ty: Type, minimum: bool) {
        let (a, b) = self.pop_vectors(ty);
        let (less, greater) = if minimum { (b, a) } else { (a, b) };
        let takes_b = self.builder.ins().fcmp(FloatCC::LessThan, less, greater);
        let takes_b = self.as_type(takes_b, ty);
        let value = self.builder.ins().bitselect(takes_b, b, a);
        self.push(value);
    }
}
