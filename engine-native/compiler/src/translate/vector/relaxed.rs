//! Relaxed instructions: each does what the strict one does, so that a program's results are the same everywhere.

use super::vector_binary;
use crate::translate::Translator;
use cranelift_codegen::ir::{InstBuilder, Type, types};
use wasmparser::Operator;

impl Translator<'_> {
    pub(super) fn vector_relaxed(&mut self, operator: &Operator<'_>) -> bool {
        use Operator::*;
        match operator {
            I8x16RelaxedSwizzle => vector_binary!(self, types::I8X16, swizzle),
            F32x4RelaxedMadd => self.multiply_add(types::F32X4, false),
            F32x4RelaxedNmadd => self.multiply_add(types::F32X4, true),
            F64x2RelaxedMadd => self.multiply_add(types::F64X2, false),
            F64x2RelaxedNmadd => self.multiply_add(types::F64X2, true),
            I8x16RelaxedLaneselect | I16x8RelaxedLaneselect | I32x4RelaxedLaneselect | I64x2RelaxedLaneselect => {
                self.bitselect();
            }
            F32x4RelaxedMin => vector_binary!(self, types::F32X4, fmin),
            F32x4RelaxedMax => vector_binary!(self, types::F32X4, fmax),
            F64x2RelaxedMin => vector_binary!(self, types::F64X2, fmin),
            F64x2RelaxedMax => vector_binary!(self, types::F64X2, fmax),
            I16x8RelaxedQ15mulrS => vector_binary!(self, types::I16X8, sqmul_round_sat),
            I16x8RelaxedDotI8x16I7x16S => self.dot(types::I8X16),
            I32x4RelaxedDotI8x16I7x16AddS => {
                let sum = self.pop_vector(types::I32X4);
                self.dot(types::I8X16);
                let products = self.pop();
                let low = self.builder.ins().swiden_low(products);
                let high = self.builder.ins().swiden_high(products);
                let pairs = self.builder.ins().iadd_pairwise(low, high);
                let value = self.builder.ins().iadd(pairs, sum);
                self.push(value);
            }
            _ => return false,
        }
        true
    }

    /// `a * b + c`, or `-(a * b) + c`, rounded twice: not every machine can round once.
    fn multiply_add(&mut self, ty: Type, negated: bool) {
        let addend = self.pop_vector(ty);
        let (a, b) = self.pop_vectors(ty);
        let product = self.builder.ins().fmul(a, b);
        let value =
            if negated { self.builder.ins().fsub(addend, product) } else { self.builder.ins().fadd(product, addend) };
        self.push(value);
    }
}
