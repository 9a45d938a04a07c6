//! A command in Rust that leaves the work on words to a component written in C.

wit_bindgen::generate!({ path: "../wit", world: "command" });

use virga::text::words;

fn main() {
    let text = std::env::args().skip(1).collect::<Vec<_>>().join(" ");
    let counts = words::count(&text);
    println!("{} words, the longest is '{}'", counts.words, counts.longest);
    println!("{}", words::reverse(&text));
}
