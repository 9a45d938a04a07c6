//! What the translation of every function of a module asks.

use crate::layout::Layout;
use crate::module::Module;
use crate::stubs::Stub;
use std::collections::HashMap;

pub struct Environment {
    pub module: Module,
    pub layout: Layout,
    /// For each referenced function that is not imported the position of its record.
    pub records: HashMap<u32, u32>,
    /// For each canonical type of a tag the position of its throw stub.
    throws: HashMap<u32, u32>,
}

impl Environment {
    pub fn new(module: Module, stubs: &[Stub]) -> Environment {
        let throws = stubs.iter().zip(0..).filter_map(|(stub, position)| match stub {
            Stub::Throw(ty) => Some((*ty, position)),
            _ => None,
        });
        Environment { layout: module.layout(), records: module.record_positions(), throws: throws.collect(), module }
    }

    /// The position of the stub that throws a tag.
    pub fn throw_stub(&self, tag: u32) -> u32 {
        self.throws[&self.module.canonical[self.module.tags[tag as usize] as usize]]
    }
}
