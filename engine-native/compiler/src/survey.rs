//! A look over a function's body before it is translated: what the translation cannot know in time.

use wasmparser::{BinaryReader, Operator, OperatorsReader};

/// What the body of a function has.
#[derive(Default)]
pub struct Survey {
    /// Whether it calls anything but trap stubs.
    pub calls: bool,
    /// For each loop, in the code's order: the locals that it uses and does not change.
    pub loops: Vec<Vec<u32>>,
}

/// A nest of loops repeats the locals of the inner ones; beyond this much in a function no more are kept.
const MOST_LOCALS: usize = 1 << 18;

impl Survey {
    /// The operators need not be valid: validation comes with translation, and whatever is
    /// found in an invalid function is not used.
    pub fn of(operators: BinaryReader<'_>) -> Survey {
        let mut survey = Survey::default();
        // For each open block whether it is a loop, and the loops among them.
        let mut blocks: Vec<bool> = Vec::new();
        let mut open: Vec<Loop> = Vec::new();
        let mut kept = 0;
        for operator in OperatorsReader::new(operators) {
            let Ok(operator) = operator else { break };
            match operator {
                Operator::Loop { .. } => {
                    blocks.push(true);
                    open.push(Loop { number: survey.loops.len(), used: Vec::new(), set: Vec::new() });
                    survey.loops.push(Vec::new());
                }
                Operator::Block { .. } | Operator::If { .. } | Operator::TryTable { .. } => blocks.push(false),
                Operator::End => {
                    let done = if blocks.pop() == Some(true) { open.pop() } else { None };
                    if let Some(mut done) = done {
                        kept += done.finish(&mut survey.loops);
                        if kept > MOST_LOCALS {
                            // The loops around would be taken not to change what this one changes.
                            open.iter_mut().for_each(|outer| outer.number = usize::MAX);
                        } else if let Some(outer) = open.last_mut() {
                            outer.used.append(&mut done.used);
                            outer.set.append(&mut done.set);
                        }
                    }
                }
                Operator::LocalGet { local_index } => {
                    if let Some(inner) = open.last_mut() {
                        inner.used.push(local_index);
                    }
                }
                Operator::LocalSet { local_index } | Operator::LocalTee { local_index } => {
                    if let Some(inner) = open.last_mut() {
                        inner.set.push(local_index);
                    }
                }
                Operator::Call { .. }
                | Operator::CallIndirect { .. }
                | Operator::CallRef { .. }
                | Operator::ReturnCall { .. }
                | Operator::ReturnCallIndirect { .. }
                | Operator::ReturnCallRef { .. }
                | Operator::MemoryGrow { .. }
                | Operator::MemoryInit { .. }
                | Operator::MemoryCopy { .. }
                | Operator::MemoryFill { .. }
                | Operator::DataDrop { .. }
                | Operator::TableGrow { .. }
                | Operator::TableInit { .. }
                | Operator::TableCopy { .. }
                | Operator::TableFill { .. }
                | Operator::ElemDrop { .. } => survey.calls = true,
                _ => {}
            }
        }
        survey
    }
}

struct Loop {
    number: usize,
    used: Vec<u32>,
    set: Vec<u32>,
}

impl Loop {
    /// Notes the locals that are used and not set; returns how many are kept for the loops around.
    fn finish(&mut self, loops: &mut [Vec<u32>]) -> usize {
        self.used.sort_unstable();
        self.used.dedup();
        self.set.sort_unstable();
        self.set.dedup();
        if let Some(unchanged) = loops.get_mut(self.number) {
            *unchanged = self.used.iter().copied().filter(|local| self.set.binary_search(local).is_err()).collect();
        }
        self.used.len() + self.set.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Survey;
    use wasmparser::BinaryReader;

    #[test]
    fn a_loop_knows_the_locals_that_it_does_not_change() {
        // loop: local.get 0, loop: local.get 1, local.set 2, end, local.get 2, end, local.set 0, end
        let body = [3, 0x40, 0x20, 0, 3, 0x40, 0x20, 1, 0x21, 2, 0x0b, 0x20, 2, 0x0b, 0x21, 0, 0x0b];
        let survey = Survey::of(BinaryReader::new(&body, 0));
        assert_eq!(survey.loops, [vec![0, 1], vec![1]]);
        assert!(!survey.calls);
    }

    #[test]
    fn a_call_is_found_in_a_block() {
        // block: call 0, end, end
        let survey = Survey::of(BinaryReader::new(&[2, 0x40, 0x10, 0, 0x0b, 0x0b], 0));
        assert!(survey.calls);
        assert!(survey.loops.is_empty());
    }
}
