//! Loads and stores of vectors and of their lanes.

use crate::translate::Translator;
use cranelift_codegen::ir::{InstBuilder, Opcode, Type, types};
use wasmparser::{MemArg, Operator};

impl Translator<'_> {
    pub(super) fn vector_memory(&mut self, operator: &Operator<'_>) -> bool {
        use Operator::*;
        match *operator {
            V128Load { memarg } => self.load_whole(types::I8X16, memarg),
            V128Load8x8S { memarg } => self.load_widened(Opcode::Sload8x8, memarg),
            V128Load8x8U { memarg } => self.load_widened(Opcode::Uload8x8, memarg),
            V128Load16x4S { memarg } => self.load_widened(Opcode::Sload16x4, memarg),
            V128Load16x4U { memarg } => self.load_widened(Opcode::Uload16x4, memarg),
            V128Load32x2S { memarg } => self.load_widened(Opcode::Sload32x2, memarg),
            V128Load32x2U { memarg } => self.load_widened(Opcode::Uload32x2, memarg),
            V128Load8Splat { memarg } => self.load_splat(types::I8X16, memarg),
            V128Load16Splat { memarg } => self.load_splat(types::I16X8, memarg),
            V128Load32Splat { memarg } => self.load_splat(types::I32X4, memarg),
            V128Load64Splat { memarg } => self.load_splat(types::I64X2, memarg),
            V128Load32Zero { memarg } => self.load_zero(types::I32X4, memarg),
            V128Load64Zero { memarg } => self.load_zero(types::I64X2, memarg),
            V128Load8Lane { memarg, lane } => self.load_lane(types::I8X16, memarg, lane),
            V128Load16Lane { memarg, lane } => self.load_lane(types::I16X8, memarg, lane),
            V128Load32Lane { memarg, lane } => self.load_lane(types::I32X4, memarg, lane),
            V128Load64Lane { memarg, lane } => self.load_lane(types::I64X2, memarg, lane),
            V128Store { memarg } => self.store_value(Opcode::Store, 16, memarg),
            V128Store8Lane { memarg, lane } => self.store_lane(types::I8X16, memarg, lane),
            V128Store16Lane { memarg, lane } => self.store_lane(types::I16X8, memarg, lane),
            V128Store32Lane { memarg, lane } => self.store_lane(types::I32X4, memarg, lane),
            V128Store64Lane { memarg, lane } => self.store_lane(types::I64X2, memarg, lane),
            _ => return false,
        }
        true
    }

    fn load_widened(&mut self, opcode: Opcode, memarg: MemArg) {
        let (address, offset) = self.address(memarg, 8);
        let flags = self.heap();
        let ins = self.builder.ins();
        let value = match opcode {
            Opcode::Sload8x8 => ins.sload8x8(flags, address, offset),
            Opcode::Uload8x8 => ins.uload8x8(flags, address, offset),
            Opcode::Sload16x4 => ins.sload16x4(flags, address, offset),
            Opcode::Uload16x4 => ins.uload16x4(flags, address, offset),
            Opcode::Sload32x2 => ins.sload32x2(flags, address, offset),
            _ => ins.uload32x2(flags, address, offset),
        };
        self.push(value);
    }

    fn load_splat(&mut self, ty: Type, memarg: MemArg) {
        self.load_whole(ty.lane_type(), memarg);
        let lane = self.pop();
        let value = self.builder.ins().splat(ty, lane);
        self.push(value);
    }

    fn load_zero(&mut self, ty: Type, memarg: MemArg) {
        self.load_whole(ty.lane_type(), memarg);
        let lane = self.pop();
        let value = self.builder.ins().scalar_to_vector(ty, lane);
        self.push(value);
    }

    fn load_lane(&mut self, ty: Type, memarg: MemArg, lane: u8) {
        let vector = self.pop_vector(ty);
        self.load_whole(ty.lane_type(), memarg);
        let loaded = self.pop();
        let value = self.builder.ins().insertlane(vector, loaded, lane);
        self.push(value);
    }

    fn store_lane(&mut self, ty: Type, memarg: MemArg, lane: u8) {
        let vector = self.pop_vector(ty);
        let value = self.builder.ins().extractlane(vector, lane);
        self.push(value);
        self.store_value(Opcode::Store, u64::from(ty.lane_type().bytes()), memarg);
    }
}
