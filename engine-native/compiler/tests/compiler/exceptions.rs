//! Calls in `try_table`s.

use crate::module::{TARGETS, compile, module, module_of};
use virga_codegen::Session;

/// try_table with a clause for all exceptions, which goes to the function's end
const TRY: [u8; 5] = [0x1f, 0x40, 1, 2, 0];
const END: [u8; 1] = [0x0b];
/// local.get 0, local.get 1, call 0
const CALL: [u8; 6] = [0x20, 0, 0x20, 1, 0x10, 0];

#[test]
fn calls_in_a_try_table_are_guarded_and_no_others() {
    let guarding = [&[0][..], &CALL, &TRY, &CALL, &CALL, &END, &CALL].concat();
    let plain = [&[0][..], &CALL].concat();
    for target in TARGETS {
        let [guarding, plain] = &compile(&module_of(&[guarding.clone(), plain.clone()]), target)[..] else {
            panic!("two functions")
        };
        // The last address is the stack check's, which is not likely to be needed.
        let returns: Vec<u64> = guarding.addresses.iter().map(|(address, _)| *address).collect();
        assert_eq!(returns.len(), 5);
        assert_eq!(guarding.guarded, returns[1..3]);
        assert!(plain.guarded.is_empty());
    }
}

#[test]
fn calls_in_a_try_table_without_clauses_are_not_guarded() {
    let code = [&[0x1f, 0x40, 0][..], &CALL, &END].concat();
    assert!(compile(&module(&code), TARGETS[0])[0].guarded.is_empty());
}

#[test]
fn a_function_with_too_many_handlers_is_refused() {
    const COUNT: usize = 65537;
    let code = [TRY.repeat(COUNT), END.repeat(COUNT)].concat();
    let module = module(&code);
    let failure = Session::prepare(&module, "x86_64").unwrap().functions(0, 1).unwrap_err();
    assert_eq!(failure.status(), 3);
    assert!(failure.message().starts_with("large exception table"), "{}", failure.message());
}
