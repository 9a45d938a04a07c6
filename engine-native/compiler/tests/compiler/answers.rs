//! What the compiler answers.

use crate::module::{TARGETS, compile, module, module_of};
use virga_codegen::Session;

/// The interrupt stub follows those of the ten traps in the plan.
const INTERRUPT: u64 = 10;

/// local.get 0, i32.load offset=4, drop
const LOAD: [u8; 6] = [0x20, 0, 0x28, 2, 4, 0x1a];

fn status(module: &[u8]) -> u32 {
    let result = Session::prepare(module, "x86_64").and_then(|session| session.functions(0, session.function_count()));
    result.map_or_else(|failure| failure.status(), |_| 0)
}

#[test]
fn malformed_and_invalid_modules_are_told_apart() {
    assert_eq!(status(&module(&LOAD)), 0);
    // An instruction that there is not, then an operand that is not there.
    assert_eq!(status(&module(&[0xff])), 1);
    assert_eq!(status(&module(&[0x1a])), 2);
    let mut cut = module(&LOAD);
    cut.pop();
    assert_eq!(status(&cut), 1);
}

#[test]
fn a_feature_that_is_lacking_is_named() {
    // atomic.fence
    let failure = Session::prepare(&module(&[0xfe, 3, 0]), "x86_64").unwrap().functions(0, 1).unwrap_err();
    assert_eq!((failure.status(), failure.message().starts_with("threads ")), (3, true));
}

#[test]
fn a_trap_is_where_its_instruction_is() {
    for target in TARGETS {
        let addresses = &compile(&module(&LOAD), target)[0].addresses;
        // After the count of locals and local.get 0.
        assert_eq!(addresses.iter().map(|address| address.1).collect::<Vec<_>>(), [3]);
    }
}

#[test]
fn only_loops_and_calls_ask_for_interrupts() {
    for target in TARGETS {
        assert_eq!(compile(&module(&LOAD), target)[0].calls(INTERRUPT), 0);
        // local.get 0, local.get 1, call 0: at the function's start
        assert_eq!(compile(&module(&[0x20, 0, 0x20, 1, 0x10, 0]), target)[0].calls(INTERRUPT), 1);
        // loop, local.get 0, br_if 0, end: at the loop's start too
        assert_eq!(compile(&module(&[3, 0x40, 0x20, 0, 0x0d, 0, 0x0b]), target)[0].calls(INTERRUPT), 2);
    }
}

/// A function that loads so many vectors and then stores them, so that all are needed at the same time.
fn vectors(count: u16) -> Vec<u8> {
    let two_bytes = |value: u16| [value as u8 | 0x80, (value >> 7) as u8];
    let mut body = [&[1][..], &two_bytes(count), &[0x7b]].concat();
    for local in 0..count {
        // local.get 0, v128.load offset, local.set
        body.extend([&[0x20, 0, 0xfd, 0, 4][..], &two_bytes(local), &[0x21], &two_bytes(2 + local)].concat());
    }
    for local in 0..count {
        // local.get 1, local.get, v128.store offset
        body.extend([&[0x20, 1, 0x20][..], &two_bytes(2 + local), &[0xfd, 11, 4], &two_bytes(local)].concat());
    }
    body
}

#[test]
fn a_leaf_checks_its_stack_where_its_frame_is_large() {
    for target in TARGETS {
        assert_eq!(compile(&module_of(&[vectors(40)]), target)[0].calls(INTERRUPT), 0);
        assert_eq!(compile(&module_of(&[vectors(400)]), target)[0].calls(INTERRUPT), 1);
    }
}

#[test]
fn a_function_is_the_same_in_every_range() {
    let module = module_of(&[[&[0][..], &LOAD].concat(), vectors(3), [&[0][..], &LOAD, &LOAD].concat()]);
    for target in TARGETS {
        let session = Session::prepare(&module, target).unwrap();
        let all = session.functions(0, 3).unwrap();
        let apart: Vec<u8> = (0..3).flat_map(|at| session.functions(at, at + 1).unwrap()[1..].to_vec()).collect();
        assert_eq!(all[1..], apart);
        assert_eq!(session.functions(3, 3).unwrap(), [0]);
        assert_eq!(session.functions(2, 4).unwrap_err().status(), 2);
    }
}
