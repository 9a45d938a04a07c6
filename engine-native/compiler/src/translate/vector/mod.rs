//! The instructions on 128-bit vectors. A vector on the operand stack has the lanes of the instruction that made it.

mod convert;
mod float;
mod integer;
mod lanes;
mod memory;
mod relaxed;

use super::Translator;
use cranelift_codegen::ir::{Type, Value};
use wasmparser::Operator;

/// An instruction with one vector as operand.
macro_rules! vector_unary {
    ($self:ident, $ty:expr, $instruction:ident) => {{
        let value = $self.pop_vector($ty);
        let value = $self.builder.ins().$instruction(value);
        $self.push(value);
    }};
}

/// An instruction with two vectors as operands.
macro_rules! vector_binary {
    ($self:ident, $ty:expr, $instruction:ident) => {{
        let (a, b) = $self.pop_vectors($ty);
        let value = $self.builder.ins().$instruction(a, b);
        $self.push(value);
    }};
}
use {vector_binary, vector_unary};

impl Translator<'_> {
    pub(super) fn vector(&mut self, operator: &Operator<'_>) -> bool {
        self.vector_memory(operator)
            || self.vector_lanes(operator)
            || self.vector_integer(operator)
            || self.vector_float(operator)
            || self.vector_convert(operator)
            || self.vector_relaxed(operator)
    }

    fn pop_vector(&mut self, ty: Type) -> Value {
        let value = self.pop();
        self.as_type(value, ty)
    }

    fn pop_vectors(&mut self, ty: Type) -> (Value, Value) {
        let second = self.pop_vector(ty);
        (self.pop_vector(ty), second)
    }
}
