//! One function: from WebAssembly's instructions to Cranelift's IR.

mod call;
mod control;
mod convert;
mod memory;
mod numeric;
mod range;
mod table;
mod variable;
mod vector;

use crate::abi::{self, Builtin, Trap};
use crate::environment::Environment;
use crate::facts::Facts;
use crate::failure::Failure;
use crate::features;
use crate::stubs;
use crate::survey::Survey;
use control::Frame;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{
    AliasRegion, AliasRegionData, ExtFuncData, ExternalName, FuncRef, Function, InstBuilder, MemFlagsData, SigRef,
    Signature, SourceLoc, TrapCode, Type, UserExternalName, UserFuncName, Value, types,
};
use cranelift_codegen::isa::TargetFrontendConfig;
use cranelift_frontend::{FunctionBuilder, FunctionBuilderContext, Variable};
use std::collections::HashMap;
use wasmparser::{FuncValidator, FunctionBody, Operator, OperatorsReader, ValType, ValidatorResources};

/// What is kept from function to function so that it need not be allocated again.
#[derive(Default)]
pub struct Workspace {
    builders: FunctionBuilderContext,
    stack: Vec<Value>,
    frames: Vec<Frame>,
    facts: Facts,
}

/// Kinds of memory that do not overlap.
#[derive(Clone, Copy)]
enum Region {
    Heap,
    /// Lengths of memories and tables, bases of tables that may move.
    Lengths,
    Tables,
    Globals,
    Context,
}

struct Translator<'a> {
    builder: FunctionBuilder<'a>,
    environment: &'a Environment,
    locals: Vec<(Variable, Type)>,
    stack: &'a mut Vec<Value>,
    frames: &'a mut Vec<Frame>,
    facts: &'a mut Facts,
    survey: Survey,
    loops_seen: usize,
    /// Nothing can get here; that many blocks were opened since.
    dead: Option<u32>,
    vmctx: Value,
    /// The stack's context, in functions that check their stack.
    context: Option<Value>,
    functions: HashMap<UserExternalName, FuncRef>,
    signatures: HashMap<u32, SigRef>,
    regions: [AliasRegion; 5],
}

/// A function to be translated.
pub struct Translation<'a> {
    pub environment: &'a Environment,
    pub index: u32,
    pub body: &'a FunctionBody<'a>,
    /// Whether the stack is checked although the function neither calls nor loops.
    pub checked: bool,
    pub config: TargetFrontendConfig,
}

impl Translation<'_> {
    /// Validates and translates; returns whether the function checks its stack.
    pub fn run(
        &self,
        function: &mut Function,
        workspace: &mut Workspace,
        validator: &mut FuncValidator<ValidatorResources>,
    ) -> Result<bool, Failure> {
        let Translation { environment, index, body, .. } = *self;
        let survey = Survey::of(body.get_binary_reader_for_operators()?);
        let ty = environment.module.function_type(index);
        function.name = UserFuncName::user(abi::FUNCTIONS, index);
        function.signature = abi::function(ty);
        let Workspace { builders, stack, frames, facts } = workspace;
        stack.clear();
        frames.clear();
        facts.clear();
        let mut builder = FunctionBuilder::new(function, builders);
        let block = builder.create_block();
        builder.append_block_params_for_function_params(block);
        builder.switch_to_block(block);
        builder.seal_block(block);
        let params = builder.block_params(block).to_vec();
        let regions = std::array::from_fn(|region| {
            let data = AliasRegionData { user_id: region as u32, description: "".into() };
            builder.func.dfg.alias_regions.insert(data)
        });
        let mut translator = Translator {
            builder,
            environment,
            locals: Vec::new(),
            stack,
            frames,
            facts,
            loops_seen: 0,
            dead: None,
            vmctx: params[0],
            context: None,
            functions: HashMap::new(),
            signatures: HashMap::new(),
            regions,
            survey,
        };
        translator.prologue(body.range().start, self.checked);
        translator.arguments(&ty.params, &params[1..]);

        let mut reader = body.get_binary_reader();
        for _ in 0..reader.read_var_u32()? {
            let offset = reader.original_position();
            let count = reader.read_var_u32()?;
            let ty: ValType = reader.read()?;
            validator.define_locals(offset, count, ty)?;
            translator.declare(count, ty);
        }
        translator.body(&ty.results);
        let mut operators = OperatorsReader::new(reader);
        while !operators.eof() {
            let offset = operators.original_position();
            let operator = operators.read()?;
            validator.op(offset, &operator)?;
            translator.builder.set_srcloc(SourceLoc::new(offset as u32));
            translator.operator(&operator, offset)?;
        }
        operators.finish()?;
        let checked = translator.context.is_some();
        translator.builder.finalize(self.config);
        Ok(checked)
    }
}

impl Translator<'_> {
    fn operator(&mut self, operator: &Operator<'_>, offset: u64) -> Result<(), Failure> {
        if self.dead.is_some() {
            self.skip(operator);
            return Ok(());
        }
        let known = self.control(operator)
            || self.variable(operator)
            || self.memory(operator)
            || self.numeric(operator)
            || self.convert(operator)
            || self.call(operator)
            || self.table(operator)
            || self.vector(operator);
        if known { Ok(()) } else { Err(Failure::unsupported(features::name(operator), offset)) }
    }

    /// A function that needs no stack check has no context either: it neither calls nor loops.
    fn prologue(&mut self, offset: u64, checked: bool) {
        if !self.survey.calls && self.survey.loops.is_empty() && !checked {
            return;
        }
        self.builder.set_srcloc(SourceLoc::new(offset as u32));
        let context = stubs::context(&mut self.builder);
        let pointer = self.builder.ins().get_stack_pointer(types::I64);
        let limit = self.load(types::I64, Region::Context, context, 0);
        let low = self.builder.ins().icmp(IntCC::UnsignedLessThan, pointer, limit);
        self.interrupt_if(low);
        self.context = Some(context);
    }

    fn interrupt_if(&mut self, condition: Value) {
        let (cold, next) = (self.builder.create_block(), self.builder.create_block());
        self.builder.ins().brif(condition, cold, &[], next, &[]);
        self.builder.set_cold_block(cold);
        self.builder.switch_to_block(cold);
        self.builder.seal_block(cold);
        let interrupt = self.stub(stubs::INTERRUPT, abi::interrupt);
        self.builder.ins().call(interrupt, &[]);
        self.builder.ins().jump(next, &[]);
        self.builder.switch_to_block(next);
        self.builder.seal_block(next);
    }

    /// Each trap has its own call, so that its return address tells where it happened.
    fn trap(&mut self, trap: Trap) {
        let stub = self.stub(trap as u32, abi::trap);
        self.builder.ins().call(stub, &[]);
        self.builder.ins().trap(TrapCode::unwrap_user(1));
    }

    fn trap_if(&mut self, condition: Value, trap: Trap) {
        let (cold, next) = (self.builder.create_block(), self.builder.create_block());
        self.builder.ins().brif(condition, cold, &[], next, &[]);
        self.builder.set_cold_block(cold);
        self.builder.switch_to_block(cold);
        self.builder.seal_block(cold);
        self.trap(trap);
        self.builder.switch_to_block(next);
        self.builder.seal_block(next);
    }

    fn stub(&mut self, position: u32, signature: fn() -> Signature) -> FuncRef {
        self.callee(abi::stub_name(position), |this| this.builder.import_signature(signature()))
    }

    fn callee(&mut self, name: UserExternalName, signature: impl FnOnce(&mut Self) -> SigRef) -> FuncRef {
        if let Some(known) = self.functions.get(&name) {
            return *known;
        }
        let signature = signature(self);
        let reference = self.builder.func.declare_imported_user_function(name.clone());
        let data = ExtFuncData { name: ExternalName::user(reference), signature, colocated: true, patchable: false };
        let function = self.builder.import_function(data);
        self.functions.insert(name, function);
        function
    }

    /// Calls a builtin with i32 or i64 arguments; where it has a result, it is an i64.
    fn builtin(&mut self, builtin: Builtin, arguments: &[Value]) -> Option<Value> {
        self.facts.observable();
        let number = builtin as usize;
        let stub = self.callee(abi::stub_name(stubs::FIRST_BUILTIN + number as u32), |this| {
            this.builder.import_signature(abi::builtin(number))
        });
        let mut values = vec![self.vmctx];
        for argument in arguments {
            values.push(self.extended(*argument));
        }
        let call = self.builder.ins().call(stub, &values);
        self.builder.inst_results(call).first().copied()
    }

    fn extended(&mut self, value: Value) -> Value {
        match self.builder.func.dfg.value_type(value) {
            types::I32 => self.builder.ins().uextend(types::I64, value),
            _ => value,
        }
    }

    fn flags(&self, region: Region) -> MemFlagsData {
        MemFlagsData::trusted().with_alias_region(Some(self.regions[region as usize]))
    }

    fn load(&mut self, ty: Type, region: Region, address: Value, offset: i32) -> Value {
        let flags = self.flags(region);
        self.builder.ins().load(ty, flags, address, offset)
    }

    /// Loads what never changes while the instance lives and may be read at any time.
    fn constant(&mut self, address: Value, offset: i32) -> Value {
        let flags = MemFlagsData::trusted().with_readonly().with_can_move();
        self.builder.ins().load(types::I64, flags, address, offset)
    }

    fn i64(&mut self, value: i64) -> Value {
        self.builder.ins().iconst(types::I64, value)
    }

    fn pop(&mut self) -> Value {
        self.stack.pop().expect("validation counts operands")
    }

    fn pop2(&mut self) -> (Value, Value) {
        let second = self.pop();
        (self.pop(), second)
    }

    fn push(&mut self, value: Value) {
        self.stack.push(value);
    }
}
