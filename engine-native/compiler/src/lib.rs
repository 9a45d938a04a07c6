//! The compiler of Virga's native engine: a core WebAssembly module to machine code (see INTERFACE.md).

mod abi;
mod code;
mod encode;
mod environment;
mod exports;
mod facts;
mod failure;
mod features;
mod layout;
mod malformed;
mod module;
mod plan;
mod session;
mod stubs;
mod survey;
mod target;
mod translate;

pub use failure::Failure;
pub use session::Session;

/// The version of what INTERFACE.md says; a part of the cache's key.
pub const FORMAT: u32 = 1;
