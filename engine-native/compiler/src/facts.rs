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

/// What is known on every way that led to a place so far.
#[derive(Clone, Copy)]
pub struct Common {
    known: usize,
    resets: usize,
}

#[derive(Default)]
pub struct Facts {
    /// `index + end <= length` holds for the greatest such end.
    ends: HashMap<Index, u64>,
    /// What each change replaced.
    log: Vec<(Index, Option<u64>)>,
    open: Vec<Open>,
    /// How often the log was cut back.
    resets: usize,
    /// Of the resets those that no later one went below: its number and the log's length after it, both ascending.
    lows: Vec<(usize, usize)>,
}

/// More are not looked through.
const MOST_OPEN: usize = 8;

impl Facts {
    pub fn clear(&mut self) {
        self.ends.clear();
        self.log.clear();
        self.open.clear();
        self.resets = 0;
        self.lows.clear();
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
        self.cut(mark.0);
    }

    /// Another way, from here, leads to the place of which that is known.
    pub fn meet(&self, common: Option<Common>) -> Common {
        let before = common.map_or(usize::MAX, |common| self.remaining(common));
        Common { known: before.min(self.log.len()), resets: self.resets }
    }

    /// Goes on at the place where the ways meet, with what is known on all of them.
    pub fn join(&mut self, common: Common) {
        self.cut(self.remaining(common));
    }

    /// How much of the log is as it was: what is learned after a reset is something else.
    fn remaining(&self, common: Common) -> usize {
        let later = self.lows.partition_point(|(reset, _)| *reset < common.resets);
        self.lows.get(later).map_or(common.known, |(_, length)| common.known.min(*length))
    }

    fn cut(&mut self, length: usize) {
        self.open.clear();
        while self.log.len() > length {
            let (index, replaced) = self.log.pop().expect("the log is longer");
            match replaced {
                Some(end) => _ = self.ends.insert(index, end),
                None => _ = self.ends.remove(&index),
            }
        }
        while self.lows.pop_if(|(_, low)| *low >= length).is_some() {}
        self.lows.push((self.resets, length));
        self.resets += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::Facts;
    use cranelift_codegen::ir::{Inst, Value};

    fn index() -> Value {
        Value::from_u32(1)
    }

    fn other() -> Value {
        Value::from_u32(2)
    }

    fn constant() -> Inst {
        Inst::from_u32(7)
    }

    #[test]
    fn a_check_covers_what_ends_earlier() {
        let mut facts = Facts::default();
        facts.checked(0, index(), 16, constant());
        assert!(facts.covers(0, index(), 16));
        assert!(facts.covers(0, index(), 4));
        assert!(!facts.covers(0, index(), 17));
        assert!(!facts.covers(1, index(), 4));
        assert!(!facts.covers(0, other(), 4));
    }

    #[test]
    fn what_was_learned_after_a_mark_is_forgotten() {
        let mut facts = Facts::default();
        facts.checked(0, index(), 4, constant());
        let mark = facts.mark();
        facts.checked(0, index(), 16, constant());
        facts.checked(0, other(), 16, constant());
        facts.reset(mark);
        assert!(facts.covers(0, index(), 4));
        assert!(!facts.covers(0, index(), 5));
        assert!(!facts.covers(0, other(), 1));
    }

    #[test]
    fn a_smaller_check_does_not_forget_a_greater_one() {
        let mut facts = Facts::default();
        facts.checked(0, index(), 16, constant());
        let mark = facts.mark();
        facts.checked(0, index(), 4, constant());
        assert!(facts.covers(0, index(), 16));
        facts.reset(mark);
        assert!(facts.covers(0, index(), 16));
    }

    #[test]
    fn a_check_is_widened_until_something_observable_happens() {
        let mut facts = Facts::default();
        facts.checked(0, index(), 4, constant());
        assert_eq!(facts.widen(0, index(), 12), Some(constant()));
        assert!(facts.covers(0, index(), 12));
        facts.observable();
        assert_eq!(facts.widen(0, index(), 16), None);
        assert!(!facts.covers(0, index(), 16));
    }

    #[test]
    fn what_all_ways_to_a_join_know_is_kept() {
        let mut facts = Facts::default();
        facts.checked(0, index(), 4, constant());
        let first = facts.meet(None);
        facts.checked(0, index(), 8, constant());
        facts.join(facts.meet(Some(first)));
        assert!(facts.covers(0, index(), 4));
        assert!(!facts.covers(0, index(), 8));
    }

    #[test]
    fn what_was_forgotten_before_a_join_is_not_taken_for_what_was_learned_instead() {
        let mut facts = Facts::default();
        let start = facts.mark();
        facts.checked(0, index(), 4, constant());
        let first = facts.meet(None);
        facts.reset(start);
        facts.checked(0, other(), 4, constant());
        facts.join(facts.meet(Some(first)));
        assert!(!facts.covers(0, index(), 4));
        assert!(!facts.covers(0, other(), 4));
    }

    #[test]
    fn a_reset_before_a_way_branches_off_does_not_count() {
        let mut facts = Facts::default();
        facts.reset(facts.mark());
        facts.checked(0, index(), 4, constant());
        let first = facts.meet(None);
        facts.join(facts.meet(Some(first)));
        assert!(facts.covers(0, index(), 4));
    }
}
