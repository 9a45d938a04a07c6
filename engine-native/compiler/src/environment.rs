//! What the translation of every function of a module asks.

use crate::layout::Layout;
use crate::module::Module;
use std::collections::HashMap;

pub struct Environment {
    pub module: Module,
    pub layout: Layout,
    /// For each referenced function that is not imported the position of its record.
    pub records: HashMap<u32, u32>,
}

impl Environment {
    pub fn new(module: Module) -> Environment {
        Environment { layout: module.layout(), records: module.record_positions(), module }
    }
}
