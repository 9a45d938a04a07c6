//! The calls of INTERFACE.md. An instance of the compiler compiles one module, on one thread.

use crate::failure::Failure;
use crate::session::Session;
use std::cell::RefCell;

#[derive(Default)]
struct State {
    session: Option<Session<'static>>,
    result: Vec<u8>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::default();
}

impl State {
    fn finish(&mut self, result: Result<Vec<u8>, Failure>) -> u32 {
        match result {
            Ok(bytes) => {
                self.result = bytes;
                0
            }
            Err(failure) => {
                self.result = failure.message().as_bytes().to_vec();
                failure.status()
            }
        }
    }

    fn session(&self) -> Result<&Session<'static>, Failure> {
        self.session.as_ref().ok_or_else(|| Failure::Invalid("no module was prepared".into()))
    }
}

/// Room for input, never freed.
#[unsafe(no_mangle)]
pub extern "C" fn allocate(length: usize) -> *mut u8 {
    Vec::leak(vec![0_u8; length]).as_mut_ptr()
}

/// # Safety
/// Both are rooms of `allocate` that were written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn prepare(
    module: *const u8,
    module_length: usize,
    target: *const u8,
    target_length: usize,
) -> u32 {
    let module = unsafe { std::slice::from_raw_parts(module, module_length) };
    let target = unsafe { std::slice::from_raw_parts(target, target_length) };
    STATE.with_borrow_mut(|state| {
        let prepared = Session::prepare(module, &String::from_utf8_lossy(target));
        let plan = prepared.map(|session| {
            let plan = session.plan();
            state.session = Some(session);
            plan
        });
        state.finish(plan)
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn functions(from: u32, to: u32) -> u32 {
    STATE.with_borrow_mut(|state| {
        let code = state.session().and_then(|session| session.functions(from as usize, to as usize));
        state.finish(code)
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn stubs() -> u32 {
    STATE.with_borrow_mut(|state| {
        let code = state.session().and_then(|session| session.stubs());
        state.finish(code)
    })
}

#[unsafe(no_mangle)]
pub extern "C" fn result_address() -> *const u8 {
    STATE.with_borrow(|state| state.result.as_ptr())
}

#[unsafe(no_mangle)]
pub extern "C" fn result_length() -> usize {
    STATE.with_borrow(|state| state.result.len())
}
