//! Types and signatures in Cranelift's terms.

use crate::module::FunctionType;
use cranelift_codegen::ir::{AbiParam, Signature, Type, UserExternalName, types};
use cranelift_codegen::isa::CallConv;
use wasmparser::ValType;

/// Namespaces of external names: the spaces of relocations.
pub const FUNCTIONS: u32 = 0;
pub const STUBS: u32 = 1;

pub fn value_type(ty: ValType) -> Type {
    match ty {
        ValType::I32 => types::I32,
        ValType::I64 => types::I64,
        ValType::F32 => types::F32,
        ValType::F64 => types::F64,
        ValType::V128 => types::I8X16,
        ValType::Ref(_) => types::I64,
    }
}

pub fn signature(convention: CallConv, params: &[Type], results: &[Type]) -> Signature {
    let mut signature = Signature::new(convention);
    signature.params.extend(params.iter().map(|ty| AbiParam::new(*ty)));
    signature.returns.extend(results.iter().map(|ty| AbiParam::new(*ty)));
    signature
}

/// A function of that type: the callee's vmctx comes first.
pub fn function(ty: &FunctionType) -> Signature {
    let mut params = vec![types::I64];
    params.extend(ty.params.iter().map(|ty| value_type(*ty)));
    let results: Vec<Type> = ty.results.iter().map(|ty| value_type(*ty)).collect();
    signature(CallConv::Tail, &params, &results)
}

pub fn function_name(index: u32) -> UserExternalName {
    UserExternalName::new(FUNCTIONS, index)
}

pub fn stub_name(position: u32) -> UserExternalName {
    UserExternalName::new(STUBS, position)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trap {
    Unreachable = 0,
    DivisionByZero = 1,
    IntegerOverflow = 2,
    InvalidConversion = 3,
    MemoryBounds = 4,
    TableBounds = 5,
    UndefinedElement = 6,
    UninitializedElement = 7,
    TypeMismatch = 8,
}

/// The last trap's code: null reference.
pub const LAST_TRAP: u32 = 9;

#[derive(Clone, Copy)]
pub enum Builtin {
    MemoryGrow = 0,
    MemoryInit = 1,
    DataDrop = 2,
    MemoryCopy = 3,
    MemoryFill = 4,
    TableGrow = 5,
    TableFill = 6,
    TableCopy = 7,
    TableInit = 8,
    ElemDrop = 9,
}

/// For each builtin its number of arguments and whether it has a result.
pub const BUILTINS: [(usize, bool); 10] = [
    (2, true),
    (5, false),
    (1, false),
    (5, false),
    (4, false),
    (3, true),
    (4, false),
    (5, false),
    (5, false),
    (1, false),
];

pub fn builtin(number: usize) -> Signature {
    let (arguments, result) = BUILTINS[number];
    signature(CallConv::Tail, &vec![types::I64; 1 + arguments], if result { &[types::I64] } else { &[] })
}

/// Trap stubs do not return.
pub fn trap() -> Signature {
    signature(CallConv::Tail, &[], &[])
}

/// The interrupt stub changes no register, so that the loops that call it need not save any.
pub fn interrupt() -> Signature {
    signature(CallConv::PreserveAll, &[], &[])
}
