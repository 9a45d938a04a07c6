//! Which accesses get a bounds check.

use crate::module::{TARGETS, compile, module};

/// The stub of trap 4 (out of bounds memory access): the traps come first in the plan.
const BOUNDS: u64 = 4;

/// `(drop (i32.load offset=OFFSET (local.get LOCAL)))`
fn load(local: u8, offset: u8) -> [u8; 6] {
    [0x20, local, 0x28, 2, offset, 0x1a]
}

/// `(i32.store offset=OFFSET (local.get LOCAL) (local.get 1))`
fn store(local: u8, offset: u8) -> [u8; 7] {
    [0x20, local, 0x20, 1, 0x36, 2, offset]
}

fn checks(code: &[u8]) -> usize {
    let counts = TARGETS.map(|target| compile(&module(code), target)[0].calls(BOUNDS));
    assert_eq!(counts[0], counts[1]);
    counts[0]
}

#[test]
fn what_ends_earlier_is_not_checked_again() {
    assert_eq!(checks(&[&store(0, 8)[..], &store(0, 8), &store(0, 0), &load(0, 4)].concat()), 1);
}

#[test]
fn another_index_is_checked() {
    assert_eq!(checks(&[store(0, 8), store(1, 0)].concat()), 2);
}

#[test]
fn a_check_grows_while_nothing_happens() {
    assert_eq!(checks(&[load(0, 0), load(0, 4), load(0, 8)].concat()), 1);
}

#[test]
fn a_store_that_happened_keeps_the_next_check_behind_it() {
    assert_eq!(checks(&[store(0, 0), store(0, 4)].concat()), 2);
}

#[test]
fn a_known_index_below_the_memorys_minimum_is_not_checked() {
    // i32.const 65532, then i32.const 65533
    let below = [0x41, 0xfc, 0xff, 3, 0x28, 2, 0, 0x1a];
    let beyond = [0x41, 0xfd, 0xff, 3, 0x28, 2, 0, 0x1a];
    assert_eq!((checks(&below), checks(&beyond)), (0, 1));
}

#[test]
fn a_masked_index_below_the_memorys_minimum_is_not_checked() {
    // local.get 0, i32.const 63, i32.and, i32.load offset=4, drop
    assert_eq!(checks(&[0x20, 0, 0x41, 63, 0x71, 0x28, 2, 4, 0x1a]), 0);
}

#[test]
fn what_one_branch_checked_the_other_and_the_end_do_not_know() {
    let branches = [&[0x20, 1, 4, 0x40][..], &store(0, 0), &[5], &store(0, 0), &[0x0b], &store(0, 0)].concat();
    assert_eq!(checks(&branches), 3);
}

#[test]
fn what_was_checked_before_all_branches_is_known_after_the_block() {
    // block, store, local.get 1, br_if 0, store offset=8, end, store, store offset=8
    let block = [&[2, 0x40][..], &store(0, 0), &[0x20, 1, 0x0d, 0], &store(0, 8), &[0x0b], &store(0, 0), &store(0, 8)];
    assert_eq!(checks(&block.concat()), 3);
}

#[test]
fn an_index_that_a_loop_does_not_change_is_known_in_it() {
    // store, loop, store, local.get 1, br_if 0, end, store
    let unchanged = [&store(0, 0)[..], &[3, 0x40], &store(0, 0), &[0x20, 1, 0x0d, 0, 0x0b], &store(0, 0)].concat();
    assert_eq!(checks(&unchanged), 1);
    // The same with local.set 0 in the loop.
    let changed = [&store(0, 0)[..], &[3, 0x40], &store(0, 0), &[0x20, 1, 0x21, 0, 0x20, 1, 0x0d, 0, 0x0b]].concat();
    assert_eq!(checks(&changed), 2);
}

#[test]
fn a_sum_that_cannot_wrap_is_covered() {
    // store offset=8, local.get 0, i32.const 4, i32.add, i32.load offset=4, drop
    let covered = [&store(0, 8)[..], &[0x20, 0, 0x41, 4, 0x6a, 0x28, 2, 4, 0x1a]].concat();
    assert_eq!(checks(&covered), 1);
    // offset=5 ends a byte later.
    let beyond = [&store(0, 8)[..], &[0x20, 0, 0x41, 4, 0x6a, 0x28, 2, 5, 0x1a]].concat();
    assert_eq!(checks(&beyond), 2);
}
