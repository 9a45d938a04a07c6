//! Conversions between integers and floats of all sizes.

use super::Translator;
use crate::abi::Trap;
use cranelift_codegen::ir::condcodes::FloatCC;
use cranelift_codegen::ir::{Endianness, InstBuilder, MemFlagsData, Type, Value, types};
use wasmparser::Operator;

impl Translator<'_> {
    pub(super) fn convert(&mut self, operator: &Operator<'_>) -> bool {
        use Operator::*;
        let Some(&operand) = self.stack.last() else { return false };
        let value = match operator {
            I32WrapI64 => self.builder.ins().ireduce(types::I32, operand),
            I64ExtendI32S => self.builder.ins().sextend(types::I64, operand),
            I64ExtendI32U => self.builder.ins().uextend(types::I64, operand),
            I32Extend8S => self.sign_extend(operand, types::I8, types::I32),
            I32Extend16S => self.sign_extend(operand, types::I16, types::I32),
            I64Extend8S => self.sign_extend(operand, types::I8, types::I64),
            I64Extend16S => self.sign_extend(operand, types::I16, types::I64),
            I64Extend32S => self.sign_extend(operand, types::I32, types::I64),
            I32TruncF32S | I32TruncF64S => self.truncate(operand, types::I32, true),
            I32TruncF32U | I32TruncF64U => self.truncate(operand, types::I32, false),
            I64TruncF32S | I64TruncF64S => self.truncate(operand, types::I64, true),
            I64TruncF32U | I64TruncF64U => self.truncate(operand, types::I64, false),
            I32TruncSatF32S | I32TruncSatF64S => self.builder.ins().fcvt_to_sint_sat(types::I32, operand),
            I32TruncSatF32U | I32TruncSatF64U => self.builder.ins().fcvt_to_uint_sat(types::I32, operand),
            I64TruncSatF32S | I64TruncSatF64S => self.builder.ins().fcvt_to_sint_sat(types::I64, operand),
            I64TruncSatF32U | I64TruncSatF64U => self.builder.ins().fcvt_to_uint_sat(types::I64, operand),
            F32ConvertI32S | F32ConvertI64S => self.builder.ins().fcvt_from_sint(types::F32, operand),
            F32ConvertI32U | F32ConvertI64U => self.builder.ins().fcvt_from_uint(types::F32, operand),
            F64ConvertI32S | F64ConvertI64S => self.builder.ins().fcvt_from_sint(types::F64, operand),
            F64ConvertI32U | F64ConvertI64U => self.builder.ins().fcvt_from_uint(types::F64, operand),
            F32DemoteF64 => self.builder.ins().fdemote(types::F32, operand),
            F64PromoteF32 => self.builder.ins().fpromote(types::F64, operand),
            I32ReinterpretF32 => self.as_type(operand, types::I32),
            I64ReinterpretF64 => self.as_type(operand, types::I64),
            F32ReinterpretI32 => self.as_type(operand, types::F32),
            F64ReinterpretI64 => self.as_type(operand, types::F64),
            _ => return false,
        };
        self.pop();
        self.push(value);
        true
    }

    /// The same bits as another type.
    pub(super) fn as_type(&mut self, value: Value, ty: Type) -> Value {
        if self.builder.func.dfg.value_type(value) == ty {
            return value;
        }
        let flags = MemFlagsData::new().with_endianness(Endianness::Little);
        self.builder.ins().bitcast(ty, flags, value)
    }

    fn sign_extend(&mut self, value: Value, from: Type, to: Type) -> Value {
        let low = self.builder.ins().ireduce(from, value);
        self.builder.ins().sextend(to, low)
    }

    /// Traps where the truncated value has no place in the integer type.
    fn truncate(&mut self, value: Value, to: Type, signed: bool) -> Value {
        self.facts.observable();
        let (low, high) = self.range(self.builder.func.dfg.value_type(value), to, signed);
        let above = self.builder.ins().fcmp(low.0, value, low.1);
        let below = self.builder.ins().fcmp(FloatCC::LessThan, value, high);
        let fits = self.builder.ins().band(above, below);
        let (cold, next) = (self.builder.create_block(), self.builder.create_block());
        self.builder.ins().brif(fits, next, &[], cold, &[]);
        self.builder.set_cold_block(cold);
        self.builder.switch_to_block(cold);
        self.builder.seal_block(cold);
        // Both comparisons are false for a NaN.
        let unordered = self.builder.ins().fcmp(FloatCC::Unordered, value, value);
        self.trap_if(unordered, Trap::InvalidConversion);
        self.trap(Trap::IntegerOverflow);
        self.builder.switch_to_block(next);
        self.builder.seal_block(next);
        if signed {
            self.builder.ins().fcvt_to_sint_sat(to, value)
        } else {
            self.builder.ins().fcvt_to_uint_sat(to, value)
        }
    }

    /// The lower bound with its comparison and the (excluded) upper bound, in the float's type.
    fn range(&mut self, from: Type, to: Type, signed: bool) -> ((FloatCC, Value), Value) {
        let bits = to.bits() as i32;
        let high = 2_f64.powi(if signed { bits - 1 } else { bits });
        let lowest = if signed { -high } else { 0.0 };
        // Anything above the bound less one truncates into the range; where the type cannot tell that from the
        // bound itself, the bound is the least that does.
        let exact = lowest - 1.0 != lowest && (from == types::F64 || (lowest - 1.0) as f32 as f64 == lowest - 1.0);
        let (condition, low) =
            if exact { (FloatCC::GreaterThan, lowest - 1.0) } else { (FloatCC::GreaterThanOrEqual, lowest) };
        let mut constant = |value: f64| match from {
            types::F32 => self.builder.ins().f32const(value as f32),
            _ => self.builder.ins().f64const(value),
        };
        ((condition, constant(low)), constant(high))
    }
}
