//! Modules made by hand go through the compiler.

mod answers;
mod bounds;
mod exceptions;
mod module;
