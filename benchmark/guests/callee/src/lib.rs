//! Gives back what it is given.
wit_bindgen::generate!({ path: "../target/wit", world: "callee", generate_all });

use exports::virga::benchmark::echo::Guest;

struct Callee;
export!(Callee);

impl Guest for Callee {
    fn echo(bytes: Vec<u8>) -> Vec<u8> {
        bytes
    }
}
