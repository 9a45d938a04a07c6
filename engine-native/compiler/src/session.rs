//! One module on its way through the compiler.

use crate::code;
use crate::encode::Encoder;
use crate::environment::Environment;
use crate::failure::Failure;
use crate::malformed;
use crate::module::Module;
use crate::plan;
use crate::stubs::Stub;
use crate::target;
use crate::translate::{self, Workspace};
use cranelift_codegen::Context;
use cranelift_codegen::isa::OwnedTargetIsa;
use cranelift_frontend::FunctionBuilderContext;
use wasmparser::{
    FuncToValidate, FuncValidatorAllocations, FunctionBody, Parser, ValidPayload, Validator, ValidatorResources,
    WasmFeatures,
};

/// A function without stack check (one that neither calls nor loops) may use so much; it is checked otherwise.
const UNCHECKED_FRAME: u32 = 4 << 10;

pub struct Session<'a> {
    bytes: &'a [u8],
    isa: OwnedTargetIsa,
    environment: Environment,
    stubs: Vec<Stub>,
    functions: Vec<(FuncToValidate<ValidatorResources>, FunctionBody<'a>)>,
}

impl<'a> Session<'a> {
    pub fn prepare(bytes: &'a [u8], target: &str) -> Result<Session<'a>, Failure> {
        let isa = target::parse(target)?;
        let mut module = Module::default();
        let functions = decode(bytes, &mut module).map_err(|failure| malformed::classify(failure, bytes))?;
        module.find_growing_tables(bytes);
        let stubs = Stub::of(&module);
        Ok(Session { bytes, isa, environment: Environment::new(module), stubs, functions })
    }

    pub fn plan(&self) -> Vec<u8> {
        plan::encode(&self.environment.module, &self.stubs)
    }

    /// How many functions the code section has.
    pub fn function_count(&self) -> usize {
        self.functions.len()
    }

    pub fn functions(&self, from: usize, to: usize) -> Result<Vec<u8>, Failure> {
        let Some(range) = self.functions.get(from..to) else {
            let count = self.functions.len();
            return Err(Failure::Invalid(format!("functions {from} to {to} of {count} were asked for")));
        };
        let mut out = Encoder::default();
        out.size(range.len());
        let mut context = Context::new();
        let mut workspace = Workspace::default();
        let mut allocations = FuncValidatorAllocations::default();
        for (function, body) in range {
            allocations = self
                .function(function, body, &mut context, &mut workspace, allocations)
                .map_err(|failure| malformed::classify(failure, self.bytes))?;
            code::encode(&mut out, &context, &*self.isa, Some(body.range().start))?;
        }
        Ok(out.bytes)
    }

    fn function(
        &self,
        function: &FuncToValidate<ValidatorResources>,
        body: &FunctionBody<'_>,
        context: &mut Context,
        workspace: &mut Workspace,
        mut allocations: FuncValidatorAllocations,
    ) -> Result<FuncValidatorAllocations, Failure> {
        for checked in [false, true] {
            context.clear();
            let again = FuncToValidate { resources: function.resources.clone(), ..*function };
            let mut validator = again.into_validator(allocations);
            let translation = translate::Translation {
                environment: &self.environment,
                index: function.index,
                body,
                checked,
                config: self.isa.frontend_config(),
            };
            let has_check = translation.run(&mut context.func, workspace, &mut validator)?;
            allocations = validator.into_allocations();
            let frame = code::compile(context, &*self.isa, body.range().start)?;
            if has_check || frame <= UNCHECKED_FRAME {
                break;
            }
        }
        Ok(allocations)
    }

    pub fn stubs(&self) -> Result<Vec<u8>, Failure> {
        let mut out = Encoder::default();
        out.size(self.stubs.len());
        let mut context = Context::new();
        let mut builders = FunctionBuilderContext::new();
        for stub in &self.stubs {
            context.clear();
            stub.build(&self.environment.module, &mut context.func, &mut builders, self.isa.frontend_config());
            code::compile(&mut context, &*self.isa, 0)?;
            code::encode(&mut out, &context, &*self.isa, None)?;
        }
        Ok(out.bytes)
    }
}

/// Decodes and validates all but the bodies. What the compiler lacks is said only of a valid module.
fn decode<'a>(
    bytes: &'a [u8],
    module: &mut Module,
) -> Result<Vec<(FuncToValidate<ValidatorResources>, FunctionBody<'a>)>, Failure> {
    let mut validator = Validator::new_with_features(WasmFeatures::WASM3);
    let mut functions = Vec::new();
    let mut lacking = None;
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        if let ValidPayload::Func(function, body) = validator.payload(&payload)? {
            functions.push((function, body));
        }
        if lacking.is_none() {
            lacking = module.section(&payload).err();
        }
    }
    match lacking {
        None => Ok(functions),
        Some(failure) => {
            validate(functions)?;
            Err(failure)
        }
    }
}

fn validate(functions: Vec<(FuncToValidate<ValidatorResources>, FunctionBody<'_>)>) -> Result<(), Failure> {
    let mut allocations = FuncValidatorAllocations::default();
    for (function, body) in functions {
        let mut validator = function.into_validator(allocations);
        validator.validate(&body)?;
        allocations = validator.into_allocations();
    }
    Ok(())
}
