//! Names of the features that instructions belong to.

use wasmparser::Operator;

macro_rules! define_proposal {
    ($(@$proposal:ident $operator:ident $({ $($argument:ident: $type:ty),* })? => $visit:ident ($($arity:tt)*))*) => {
        /// The proposal that brought the instruction, in wasmparser's words.
        pub fn proposal(operator: &Operator<'_>) -> &'static str {
            match operator {
                $(Operator::$operator { .. } => stringify!($proposal),)*
                _ => "unknown instruction",
            }
        }
    };
}
wasmparser::for_each_operator!(define_proposal);

/// The feature's name in a refusal.
pub fn name(operator: &Operator<'_>) -> &'static str {
    match proposal(operator) {
        "gc" => "garbage collection",
        "function_references" => "typed function references",
        "threads" | "shared_everything_threads" => "threads",
        "exceptions" | "legacy_exceptions" => "exceptions",
        "simd" => "SIMD",
        "relaxed_simd" => "relaxed SIMD",
        other => other,
    }
}
