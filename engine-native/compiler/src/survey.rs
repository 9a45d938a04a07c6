//! A look over a function's body before it is translated: what the translation cannot know in time.

use wasmparser::{BinaryReader, Operator, OperatorsReader};

/// What the body of a function has.
#[derive(Default)]
pub struct Survey {
    /// Whether it calls anything but trap stubs.
    pub calls: bool,
    /// In the code's order.
    pub loops: Vec<LoopSurvey>,
}

/// What a loop has, with the loops in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoopSurvey {
    /// The locals that it uses and does not change.
    pub unchanged: Vec<u32>,
    /// Whether it may change a memory's length, be it by a call.
    pub grows: bool,
    /// How many locals it uses or changes.
    pub locals: usize,
}

/// A nest of loops repeats the locals of the inner ones; after so many in a function no more are noted.
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
                    open.push(Loop { number: survey.loops.len(), ..Loop::default() });
                    survey.loops.push(LoopSurvey::default());
                }
                Operator::Block { .. } | Operator::If { .. } | Operator::TryTable { .. } => blocks.push(false),
                Operator::End => {
                    let done = if blocks.pop() == Some(true) { open.pop() } else { None };
                    if let Some(mut done) = done {
                        kept += done.finish(&mut survey.loops, kept < MOST_LOCALS);
                        if let Some(outer) = open.last_mut() {
                            outer.grows |= done.grows;
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
                | Operator::MemoryGrow { .. } => {
                    survey.calls = true;
                    if let Some(inner) = open.last_mut() {
                        inner.grows = true;
                    }
                }
                Operator::Throw { .. }
                | Operator::ThrowRef
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

#[derive(Default)]
struct Loop {
    number: usize,
    used: Vec<u32>,
    set: Vec<u32>,
    grows: bool,
}

impl Loop {
    /// Notes what is known of it; returns how many locals it hands on to the loop around.
    fn finish(&mut self, loops: &mut [LoopSurvey], with_locals: bool) -> usize {
        let survey = &mut loops[self.number];
        survey.grows = self.grows;
        if !with_locals {
            // The loops around get no locals any more, and note none either.
            self.used.clear();
            self.set.clear();
            survey.locals = usize::MAX;
            return 0;
        }
        self.used.sort_unstable();
        self.used.dedup();
        self.set.sort_unstable();
        self.set.dedup();
        let set = &self.set;
        let only_set = set.iter().filter(|local| self.used.binary_search(local).is_err()).count();
        survey.locals = self.used.len() + only_set;
        survey.unchanged = self.used.iter().copied().filter(|local| set.binary_search(local).is_err()).collect();
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
        let unchanged: Vec<_> = survey.loops.iter().map(|of_loop| &of_loop.unchanged[..]).collect();
        assert_eq!(unchanged, [&[0, 1][..], &[1]]);
        assert!(!survey.calls);
    }

    #[test]
    fn a_call_in_a_loop_is_one_in_the_loops_around() {
        // loop: loop: call 0, end, loop: end, end, end
        let body = [3, 0x40, 3, 0x40, 0x10, 0, 0x0b, 3, 0x40, 0x0b, 0x0b, 0x0b];
        let survey = Survey::of(BinaryReader::new(&body, 0));
        let grows: Vec<_> = survey.loops.iter().map(|of_loop| of_loop.grows).collect();
        assert_eq!(grows, [true, true, false]);
    }

    #[test]
    fn a_call_is_found_in_a_block() {
        // block: call 0, end, end
        let survey = Survey::of(BinaryReader::new(&[2, 0x40, 0x10, 0, 0x0b, 0x0b], 0));
        assert!(survey.calls);
        assert!(survey.loops.is_empty());
    }
}
