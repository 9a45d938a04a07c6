//! What is known of indices into memories, so that no bounds check is made twice.
//!
//! A memory never shrinks: what held once holds in everything that is dominated by the place where it
//! was learned, over calls and stores.

use cranelift_codegen::ir::{Inst, Value};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

type Index = (u32, Value);

/// A bounds check whose constant may still be raised.
struct Open {
    index: Index,
    constant: Inst,
}

/// A point to go back to.
#[derive(Clone, Copy)]
pub struct Mark(usize);

#[derive(Default)]
pub struct Facts {
    /// `index + end <= length` holds for the greatest such end.
    ends: HashMap<Index, u64>,
    /// What each change replaced.
    log: Vec<(Index, Option<u64>)>,
    open: Vec<Open>,
}

/// More are not looked through.
const MOST_OPEN: usize = 8;

impl Facts {
    pub fn clear(&mut self) {
        self.ends.clear();
        self.log.clear();
        self.open.clear();
    }

    pub fn covers(&self, memory: u32, index: Value, end: u64) -> bool {
        self.ends.get(&(memory, index)).is_some_and(|known| *known >= end)
    }

    fn learn(&mut self, index: Index, end: u64) {
        let replaced = match self.ends.entry(index) {
            Entry::Occupied(known) if *known.get() >= end => return,
            Entry::Occupied(mut known) => Some(known.insert(end)),
            Entry::Vacant(unknown) => {
                unknown.insert(end);
                None
            }
        };
        self.log.push((index, replaced));
    }

    /// A check of `index + constant > length` was made, with this instruction's constant.
    pub fn checked(&mut self, memory: u32, index: Value, end: u64, constant: Inst) {
        self.learn((memory, index), end);
        if self.open.len() == MOST_OPEN {
            self.open.remove(0);
        }
        self.open.push(Open { index: (memory, index), constant });
    }

    /// A check of the same index after which nothing observable happened: it may ask for more at once,
    /// since the trap is the same. Returns its constant, to be raised to `end`.
    pub fn widen(&mut self, memory: u32, index: Value, end: u64) -> Option<Inst> {
        let constant = self.open.iter().rev().find(|open| open.index == (memory, index))?.constant;
        self.learn((memory, index), end);
        Some(constant)
    }

    /// Something observable happens (or control leaves the straight line): earlier checks stay as they are.
    pub fn observable(&mut self) {
        self.open.clear();
    }

    pub fn mark(&self) -> Mark {
        Mark(self.log.len())
    }

    /// Forgets what was learned after the mark.
    pub fn reset(&mut self, mark: Mark) {
        self.open.clear();
        while self.log.len() > mark.0 {
            let (index, replaced) = self.log.pop().expect("the log is longer than the mark");
            match replaced {
                Some(end) => _ = self.ends.insert(index, end),
                None => _ = self.ends.remove(&index),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Facts;
    use cranelift_codegen::ir::{Inst, Value};

    const INDEX: Value = Value::from_u32(1);
    const CONSTANT: Inst = Inst::from_u32(7);

    #[test]
    fn a_check_covers_what_ends_earlier() {
        let mut facts = Facts::default();
        facts.checked(0, INDEX, 16, CONSTANT);
        assert!(facts.covers(0, INDEX, 16));
        assert!(facts.covers(0, INDEX, 4));
        assert!(!facts.covers(0, INDEX, 17));
        assert!(!facts.covers(1, INDEX, 4));
        assert!(!facts.covers(0, Value::from_u32(2), 4));
    }

    #[test]
    fn what_was_learned_after_a_mark_is_forgotten() {
        let mut facts = Facts::default();
        facts.checked(0, INDEX, 4, CONSTANT);
        let mark = facts.mark();
        facts.checked(0, INDEX, 16, CONSTANT);
        facts.checked(0, Value::from_u32(2), 16, CONSTANT);
        facts.reset(mark);
        assert!(facts.covers(0, INDEX, 4));
        assert!(!facts.covers(0, INDEX, 5));
        assert!(!facts.covers(0, Value::from_u32(2), 1));
    }

    #[test]
    fn a_smaller_check_does_not_forget_a_greater_one() {
        let mut facts = Facts::default();
        facts.checked(0, INDEX, 16, CONSTANT);
        let mark = facts.mark();
        facts.checked(0, INDEX, 4, CONSTANT);
        assert!(facts.covers(0, INDEX, 16));
        facts.reset(mark);
        assert!(facts.covers(0, INDEX, 16));
    }

    #[test]
    fn a_check_is_widened_until_something_observable_happens() {
        let mut facts = Facts::default();
        facts.checked(0, INDEX, 4, CONSTANT);
        assert_eq!(facts.widen(0, INDEX, 12), Some(CONSTANT));
        assert!(facts.covers(0, INDEX, 12));
        facts.observable();
        assert_eq!(facts.widen(0, INDEX, 16), None);
        assert!(!facts.covers(0, INDEX, 16));
    }
}
