//! From Cranelift's IR to the result's code: machine code, relocations, addresses (INTERFACE.md).

use crate::encode::Encoder;
use crate::failure::Failure;
use cranelift_codegen::RelocTarget;
use cranelift_codegen::binemit::Reloc;
use cranelift_codegen::ir::ExternalName;
use cranelift_codegen::isa::TargetIsa;
use cranelift_codegen::{CompiledCode, Context};
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

/// `start`: the body's offset in the module; a stub has none, and no addresses.
pub fn encode(out: &mut Encoder, context: &Context, isa: &dyn TargetIsa, start: Option<u64>) -> Result<(), Failure> {
    let code = context.compiled_code().expect("compiled before it is encoded");
    out.unsigned(u64::from(code.buffer.min_alignment.max(isa.function_alignment().preferred)));
    out.size(code.code_buffer().len());
    out.raw(code.code_buffer());
    relocations(out, context, code)?;
    match start {
        Some(start) => addresses(out, code, start),
        None => out.size(0),
    }
    Ok(())
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
