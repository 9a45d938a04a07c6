mod bindings {
    wit_bindgen::generate!({
        path: "../wit",
        world: "relay",
    });
    use super::Relay;
    export!(Relay);
}

use bindings::exports::test::links::{clock, values as own, work as own_work};
use bindings::test::links::{values, work};

struct Relay;

fn point_in(p: own::Point) -> values::Point {
    values::Point { x: p.x, y: p.y }
}

fn point_out(p: values::Point) -> own::Point {
    own::Point { x: p.x, y: p.y }
}

fn shape_in(s: own::Shape) -> values::Shape {
    match s {
        own::Shape::Nothing => values::Shape::Nothing,
        own::Shape::Dot(p) => values::Shape::Dot(point_in(p)),
        own::Shape::Poly(all) => values::Shape::Poly(all.into_iter().map(point_in).collect()),
    }
}

fn shape_out(s: values::Shape) -> own::Shape {
    match s {
        values::Shape::Nothing => own::Shape::Nothing,
        values::Shape::Dot(p) => own::Shape::Dot(point_out(p)),
        values::Shape::Poly(all) => own::Shape::Poly(all.into_iter().map(point_out).collect()),
    }
}

macro_rules! convert {
    ($from:ident, $own:ident, $other:ident, $shape:ident) => {
        $other::Everything {
            yes: $from.yes,
            tiny: $from.tiny, small: $from.small, wide: $from.wide, huge: $from.huge,
            stiny: $from.stiny, ssmall: $from.ssmall, swide: $from.swide, shuge: $from.shuge,
            single: $from.single, double: $from.double,
            letter: $from.letter,
            text: $from.text,
            bytes: $from.bytes,
            numbers: $from.numbers,
            maybe: $from.maybe,
            outcome: $from.outcome,
            done: $from.done,
            pair: $from.pair,
            hue: match $from.hue {
                $own::Color::Red => $other::Color::Red,
                $own::Color::Green => $other::Color::Green,
                $own::Color::Blue => $other::Color::Blue,
            },
            may: $other::Perms::from_bits_retain($from.may.bits()),
            form: $shape($from.form),
            more: $from.more.into_iter().map(|(name, s)| (name, s.map($shape))).collect(),
        }
    };
}

impl own::Guest for Relay {
    fn echo(value: own::Everything) -> Result<own::Everything, String> {
        let sent = convert!(value, own, values, shape_in);
        let back = values::echo(&sent)?;
        Ok(convert!(back, values, own, shape_out))
    }

    fn sum(a: u64, b: u32, c: u16, d: u8, e: i64, f: i32, g: i16, h: i8, i: Vec<u8>, j: Vec<u32>, k: String) -> i64 {
        values::sum(a, b, c, d, e, f, g, h, &i, &j, &k)
    }

    fn nothing() {
        values::nothing()
    }
}

impl own_work::Guest for Relay {
    fn wait(millis: u32) -> u32 {
        work::wait(millis)
    }

    fn big(size: u32) -> Vec<u8> {
        work::big(size)
    }

    fn fail() {
        work::fail()
    }

    fn say(line: String) {
        work::say(&line)
    }

    fn one(n: u32) -> u32 {
        work::one(n)
    }
}

impl clock::Guest for Relay {
    fn measure(times: u32) -> u64 {
        let begun = std::time::Instant::now();
        for n in 0..times {
            work::one(n);
        }
        begun.elapsed().as_nanos() as u64
    }
}
