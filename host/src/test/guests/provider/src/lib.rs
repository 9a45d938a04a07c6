mod bindings {
    wit_bindgen::generate!({ path: "../wit", world: "provider" });
    use super::Provider;
    export!(Provider);
}

use bindings::exports::test::links::values::{Everything, Guest as Values};
use bindings::exports::test::links::work::Guest as Work;
use std::{thread, time::Duration};

struct Provider;

impl Values for Provider {
    fn echo(value: Everything) -> Result<Everything, String> {
        if value.text == "refuse" { Err("as you wish".to_string()) } else { Ok(value) }
    }

    fn sum(a: u64, b: u32, c: u16, d: u8, e: i64, f: i32, g: i16, h: i8, i: Vec<u8>, j: Vec<u32>, k: String) -> i64 {
        let lists = i.iter().map(|n| *n as i64).sum::<i64>() + j.iter().map(|n| *n as i64).sum::<i64>();
        a as i64 + b as i64 + c as i64 + d as i64 + e + f as i64 + g as i64 + h as i64 + lists + k.len() as i64
    }

    fn nothing() {}
}

impl Work for Provider {
    fn wait(millis: u32) -> u32 {
        thread::sleep(Duration::from_millis(millis.into()));
        millis
    }

    fn big(size: u32) -> Vec<u8> {
        vec![7; size as usize]
    }

    fn fail() {
        panic!("as asked");
    }

    fn say(line: String) {
        println!("{line}");
    }

    fn one(n: u32) -> u32 {
        n + 1
    }
}
