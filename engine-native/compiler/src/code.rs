//! From Cranelift's IR to the result's code: machine code, relocations, addresses, guarded calls (INTERFACE.md).

use crate::encode::Encoder;
use crate::failure::Failure;
use cranelift_codegen::RelocTarget;
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::ir::ExternalName;
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::{CompiledCode, Context, ExceptionContextLoc, MachExceptionHandler};
use cranelift_control::ControlPlane;

/// The largest frame, in bytes: the room that the runtime leaves below a stack's limit is for it.
pub const LARGEST_FRAME: u32 = 128 << 10;

/// Compiles the context's function; `offset` is its body's in the module, for messages. Returns its frame's size.
pub fn compile(context: &mut Context, isa: &dyn TargetIsa, offset: u64) -> Result<u32, Failure> {
    match context.compile(isa, &mut ControlPlane::default()) {
        Ok(code) => match code.buffer.frame_layout().map_or(0, |layout| layout.frame_to_fp_offset) {
            size if size > LARGEST_FRAME => Err(Failure::unsupported("large frame", offset)),
            size => Ok(size),
        },
        Err(error) => Err(Failure::unsupported(&format!("code generation: {}", error.inner), offset)),
    }
}

/// `start`: the body's offset in the module; a stub has none, and no addresses. `guards`: the clauses of each guard.
pub fn encode(
    out: &mut Encoder,
    context: &Context,
    isa: &dyn TargetIsa,
    start: Option<u64>,
    guards: &[Vec<u32>],
) -> Result<(), Failure> {
    let code = context.compiled_code().expect("compiled before it is encoded");
    out.unsigned(u64::from(code.buffer.min_alignment.max(isa.function_alignment().preferred)));
    out.size(code.code_buffer().len());
    out.raw(code.code_buffer());
    relocations(out, context, code)?;
    match start {
        Some(start) => addresses(out, code, start),
        None => out.size(0),
    }
    guarded_calls(out, code, guards)
}

fn relocations(out: &mut Encoder, context: &Context, code: &CompiledCode) -> Result<(), Failure> {
    let names = context.func.params.user_named_funcs();
    out.size(code.buffer.relocs().len());
    for relocation in code.buffer.relocs() {
        let kind = match relocation.kind {
            Reloc::X86CallPCRel4 => 0,
            Reloc::Arm64Call => 1,
            other => return Err(Failure::Unsupported(format!("relocation {other:?}"))),
        };
        let RelocTarget::ExternalName(ExternalName::User(name)) = relocation.target else {
            return Err(Failure::Unsupported(format!("relocation to {:?}", relocation.target)));
        };
        out.unsigned(u64::from(relocation.offset));
        out.unsigned(kind);
        out.unsigned(u64::from(names[name].namespace));
        out.unsigned(u64::from(names[name].index));
        out.signed(relocation.addend);
    }
    Ok(())
}

/// Where calls return to, and from where in the module. Both lists are in the code's order.
fn addresses(out: &mut Encoder, code: &CompiledCode, start: u64) {
    let mut locations = code.buffer.get_srclocs_sorted().iter().peekable();
    let mut found = Vec::new();
    for call in code.buffer.call_sites() {
        // The call itself ends at its return address.
        while locations.next_if(|location| location.end < call.ret_addr).is_some() {}
        if let Some(location) = locations.peek().filter(|location| location.start < call.ret_addr) {
            found.push((call.ret_addr, location.loc.as_abs().bits()));
        }
    }
    out.size(found.len());
    let mut last = (0, start as i64);
    for (address, offset) in found {
        out.unsigned(u64::from(address - last.0));
        out.signed(i64::from(offset) - last.1);
        last = (address, i64::from(offset));
    }
}

/// The calls in a `try_table`, in the code's order; `guards` has the clauses of each guard.
fn guarded_calls(out: &mut Encoder, code: &CompiledCode, guards: &[Vec<u32>]) -> Result<(), Failure> {
    let mut table = Encoder::default();
    let mut lists = Vec::new();
    for clauses in guards {
        lists.push(table.bytes.len());
        table.size(clauses.len());
        clauses.iter().for_each(|clause| table.unsigned(u64::from(*clause)));
    }
    let mut sites = Vec::new();
    for call in code.buffer.call_sites() {
        let (vmctx, guard, landing) = match call.exception_handlers {
            [] => continue,
            [
                MachExceptionHandler::Context(ExceptionContextLoc::SPOffset(vmctx)),
                MachExceptionHandler::Tag(guard, landing),
            ] => (vmctx, guard.as_u32(), landing.as_offset()),
            other => return Err(Failure::Unsupported(format!("exception handlers {other:?}"))),
        };
        let site = table.bytes.len();
        sites.push((call.ret_addr, site));
        table.unsigned(u64::from(call.frame_offset.expect("a guarded call tells its frame's size")));
        table.unsigned(u64::from(*vmctx));
        table.signed(i64::from(landing) - i64::from(call.ret_addr));
        table.size(site - lists[guard as usize]);
    }
    out.size(table.bytes.len());
    out.raw(&table.bytes);
    out.size(sites.len());
    let mut last = 0;
    for (address, site) in sites {
        out.unsigned(u64::from(address - last));
        out.size(site);
        last = address;
    }
    Ok(())
}
