//! Arithmetic and comparisons of integers and floats.

use super::Translator;
use crate::abi::Trap;
use cranelift_codegen::ir::condcodes::{FloatCC, IntCC};
use cranelift_codegen::ir::{InstBuilder, Type, Value, types};
use wasmparser::Operator;

/// A two-operand instruction.
macro_rules! binary {
    ($self:ident, $instruction:ident) => {{
        let (a, b) = $self.pop2();
        let value = $self.builder.ins().$instruction(a, b);
        $self.push(value);
    }};
}

macro_rules! unary {
    ($self:ident, $instruction:ident) => {{
        let value = $self.pop();
        let value = $self.builder.ins().$instruction(value);
        $self.push(value);
    }};
}

impl Translator<'_> {
    pub(super) fn numeric(&mut self, operator: &Operator<'_>) -> bool {
        use Operator::*;
        match *operator {
            I32Eqz | I64Eqz => {
                let value = self.pop();
                let is_zero = self.builder.ins().icmp_imm_u(IntCC::Equal, value, 0);
                self.push_condition(is_zero);
            }
            I32Eq | I64Eq => self.compare(IntCC::Equal),
            I32Ne | I64Ne => self.compare(IntCC::NotEqual),
            I32LtS | I64LtS => self.compare(IntCC::SignedLessThan),
            I32LtU | I64LtU => self.compare(IntCC::UnsignedLessThan),
            I32GtS | I64GtS => self.compare(IntCC::SignedGreaterThan),
            I32GtU | I64GtU => self.compare(IntCC::UnsignedGreaterThan),
            I32LeS | I64LeS => self.compare(IntCC::SignedLessThanOrEqual),
            I32LeU | I64LeU => self.compare(IntCC::UnsignedLessThanOrEqual),
            I32GeS | I64GeS => self.compare(IntCC::SignedGreaterThanOrEqual),
            I32GeU | I64GeU => self.compare(IntCC::UnsignedGreaterThanOrEqual),
            F32Eq | F64Eq => self.compare_floats(FloatCC::Equal),
            F32Ne | F64Ne => self.compare_floats(FloatCC::NotEqual),
            F32Lt | F64Lt => self.compare_floats(FloatCC::LessThan),
            F32Gt | F64Gt => self.compare_floats(FloatCC::GreaterThan),
            F32Le | F64Le => self.compare_floats(FloatCC::LessThanOrEqual),
            F32Ge | F64Ge => self.compare_floats(FloatCC::GreaterThanOrEqual),
            I32Clz | I64Clz => unary!(self, clz),
            I32Ctz | I64Ctz => unary!(self, ctz),
            I32Popcnt | I64Popcnt => unary!(self, popcnt),
            I32Add | I64Add => binary!(self, iadd),
            I32Sub | I64Sub => binary!(self, isub),
            I32Mul | I64Mul => binary!(self, imul),
            I32And | I64And => binary!(self, band),
            I32Or | I64Or => binary!(self, bor),
            I32Xor | I64Xor => binary!(self, bxor),
            I32Shl | I64Shl => binary!(self, ishl),
            I32ShrS | I64ShrS => binary!(self, sshr),
            I32ShrU | I64ShrU => binary!(self, ushr),
            I32Rotl | I64Rotl => binary!(self, rotl),
            I32Rotr | I64Rotr => binary!(self, rotr),
            I32DivS | I64DivS => {
                self.check_divisor();
                self.check_quotient();
                binary!(self, sdiv)
            }
            I32DivU | I64DivU => {
                self.check_divisor();
                binary!(self, udiv)
            }
            // The remainder of the least integer by -1 is 0 in Cranelift too.
            I32RemS | I64RemS => {
                self.check_divisor();
                binary!(self, srem)
            }
            I32RemU | I64RemU => {
                self.check_divisor();
                binary!(self, urem)
            }
            F32Abs | F64Abs => unary!(self, fabs),
            F32Neg | F64Neg => unary!(self, fneg),
            F32Ceil | F64Ceil => unary!(self, ceil),
            F32Floor | F64Floor => unary!(self, floor),
            F32Trunc | F64Trunc => unary!(self, trunc),
            F32Nearest | F64Nearest => unary!(self, nearest),
            F32Sqrt | F64Sqrt => unary!(self, sqrt),
            F32Add | F64Add => binary!(self, fadd),
            F32Sub | F64Sub => binary!(self, fsub),
            F32Mul | F64Mul => binary!(self, fmul),
            F32Div | F64Div => binary!(self, fdiv),
            F32Min | F64Min => binary!(self, fmin),
            F32Max | F64Max => binary!(self, fmax),
            F32Copysign | F64Copysign => binary!(self, fcopysign),
            _ => return false,
        }
        true
    }

    fn compare(&mut self, condition: IntCC) {
        let (a, b) = self.pop2();
        let holds = self.builder.ins().icmp(condition, a, b);
        self.push_condition(holds);
    }

    fn compare_floats(&mut self, condition: FloatCC) {
        let (a, b) = self.pop2();
        let holds = self.builder.ins().fcmp(condition, a, b);
        self.push_condition(holds);
    }

    pub(super) fn push_condition(&mut self, holds: Value) {
        let value = self.builder.ins().uextend(types::I32, holds);
        self.push(value);
    }

    /// The dividend and the divisor on the operand stack.
    fn division(&self) -> (Value, Value, Type) {
        let [.., dividend, divisor] = self.stack[..] else { unreachable!("validation counts operands") };
        (dividend, divisor, self.builder.func.dfg.value_type(divisor))
    }

    fn check_divisor(&mut self) {
        let (_, divisor, _) = self.division();
        if self.constant_of(divisor).is_some_and(|constant| constant != 0) {
            return;
        }
        self.facts.observable();
        let is_zero = self.builder.ins().icmp_imm_u(IntCC::Equal, divisor, 0);
        self.trap_if(is_zero, Trap::DivisionByZero);
    }

    /// The least integer divided by -1 has no quotient.
    fn check_quotient(&mut self) {
        let (dividend, divisor, ty) = self.division();
        let (least, all_ones) = (1_u64 << (ty.bits() - 1), u64::MAX >> (64 - ty.bits()));
        if self.constant_of(divisor).is_some_and(|constant| constant != all_ones)
            || self.constant_of(dividend).is_some_and(|constant| constant != least)
        {
            return;
        }
        self.facts.observable();
        let minus_one = self.builder.ins().icmp_imm_s(IntCC::Equal, divisor, -1);
        let least = self.builder.ins().iconst(ty, least as i64);
        let is_least = self.builder.ins().icmp(IntCC::Equal, dividend, least);
        let overflow = self.builder.ins().band(minus_one, is_least);
        self.trap_if(overflow, Trap::IntegerOverflow);
    }
}
