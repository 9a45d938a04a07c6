//! The target text of `prepare` and what it makes of Cranelift's settings.

use crate::failure::Failure;
use cranelift_codegen::isa::{self, OwnedTargetIsa};
use cranelift_codegen::settings::{self, Configurable};

/// What every x86-64 target must have: without SSE4.1 Cranelift rounds by calls into a library that is not there.
const X86_64: [&str; 5] = ["has_sse3", "has_ssse3", "has_sse41", "has_sse42", "has_popcnt"];

/// `x86_64` or `aarch64`, then flags, then perhaps `verify`, separated by spaces.
pub fn parse(text: &str) -> Result<OwnedTargetIsa, Failure> {
    let wrong = |what: String| Failure::Unsupported(format!("target: {what}"));
    let mut words = text.split_ascii_whitespace();
    let architecture = words.next().unwrap_or_default();
    let (triple, baseline) = match architecture {
        "x86_64" => ("x86_64-unknown-linux-gnu", &X86_64[..]),
        "aarch64" => ("aarch64-unknown-linux-gnu", &[][..]),
        _ => return Err(wrong(format!("architecture {architecture:?} is neither x86_64 nor aarch64"))),
    };
    let mut builder = isa::lookup_by_name(triple).map_err(|error| wrong(error.to_string()))?;
    let mut verify = false;
    for flag in baseline.iter().copied().chain(words) {
        if flag == "verify" {
            verify = true;
        } else {
            builder.enable(flag).map_err(|error| wrong(format!("flag {flag:?}: {error}")))?;
        }
    }
    let mut shared = settings::builder();
    for (name, value) in [
        ("opt_level", "speed"),
        ("is_pic", "true"),
        ("preserve_frame_pointers", "true"),
        // Results that have no register go through memory, as any type of function may have them.
        ("enable_multi_ret_implicit_sret", "true"),
        ("enable_probestack", "false"),
        ("unwind_info", "false"),
        ("enable_verifier", if verify { "true" } else { "false" }),
    ] {
        shared.set(name, value).map_err(|error| wrong(format!("{name}: {error}")))?;
    }
    builder.finish(settings::Flags::new(shared)).map_err(|error| wrong(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn both_architectures_are_known() {
        assert!(parse("x86_64 has_avx has_avx2 verify").is_ok());
        assert!(parse("aarch64 has_lse").is_ok());
    }

    #[test]
    fn an_unknown_flag_or_architecture_is_refused() {
        assert_eq!(parse("x86_64 has_lse").err().unwrap().status(), 3);
        assert_eq!(parse("riscv64").err().unwrap().status(), 3);
        assert_eq!(parse("").err().unwrap().status(), 3);
    }
}
