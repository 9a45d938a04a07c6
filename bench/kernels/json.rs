//! JSON (RFC 8259): parses a document into values, prints them, and compares the texts.

use std::fmt::Write;

enum Value {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    Array(Vec<Value>),
    Object(Vec<(String, Value)>),
}

/// A parser that trusts its input, which is a text of our own.
struct Parser<'a> {
    text: &'a str,
    at: usize,
}

impl Parser<'_> {
    fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while bytes[self.at].is_ascii_whitespace() {
            self.at += 1;
        }
        bytes[self.at]
    }

    fn take(&mut self, c: u8) -> bool {
        let found = self.peek() == c;
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, word: &str) {
        assert!(self.text[self.at..].starts_with(word), "expected {word} at {}", self.at);
        self.at += word.len();
    }

    fn value(&mut self) -> Value {
        match self.peek() {
            b'n' => {
                self.expect("null");
                Value::Null
            }
            b't' => {
                self.expect("true");
                Value::Bool(true)
            }
            b'f' => {
                self.expect("false");
                Value::Bool(false)
            }
            b'"' => Value::Text(self.string()),
            b'[' => Value::Array(self.list(b']', Self::value)),
            b'{' => Value::Object(self.list(b'}', |parser| {
                parser.peek();
                let name = parser.string();
                assert!(parser.take(b':'), "expected a colon at {}", parser.at);
                (name, parser.value())
            })),
            _ => self.number(),
        }
    }

    fn list<T>(&mut self, end: u8, element: impl Fn(&mut Self) -> T) -> Vec<T> {
        self.at += 1;
        let mut elements = Vec::new();
        while !self.take(end) {
            if !elements.is_empty() {
                assert!(self.take(b','), "expected a comma at {}", self.at);
            }
            elements.push(element(self));
        }
        elements
    }

    fn number(&mut self) -> Value {
        let from = self.at;
        while matches!(self.text.as_bytes()[self.at], b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E') {
            self.at += 1;
        }
        Value::Number(self.text[from..self.at].parse().unwrap())
    }

    fn string(&mut self) -> String {
        self.expect("\"");
        let mut string = String::new();
        loop {
            let rest = &self.text[self.at..];
            let plain = rest.find(['"', '\\']).unwrap();
            string += &rest[..plain];
            self.at += plain + 1;
            if rest.as_bytes()[plain] == b'"' {
                return string;
            }
            string.push(match self.text.as_bytes()[self.at] {
                b'n' => '\n',
                b't' => '\t',
                b'u' => {
                    let digits = &self.text[self.at + 1..self.at + 5];
                    self.at += 4;
                    char::from_u32(u32::from_str_radix(digits, 16).unwrap()).unwrap()
                }
                c => c.into(),
            });
            self.at += 1;
        }
    }
}

fn print(value: &Value, out: &mut String) {
    match value {
        Value::Null => *out += "null",
        Value::Bool(value) => write!(out, "{value}").unwrap(),
        Value::Number(value) => write!(out, "{value}").unwrap(),
        Value::Text(text) => print_string(text, out),
        Value::Array(elements) => {
            out.push('[');
            for (i, element) in elements.iter().enumerate() {
                *out += if i == 0 { "" } else { "," };
                print(element, out);
            }
            out.push(']');
        }
        Value::Object(members) => {
            out.push('{');
            for (i, (name, value)) in members.iter().enumerate() {
                *out += if i == 0 { "" } else { "," };
                print_string(name, out);
                out.push(':');
                print(value, out);
            }
            out.push('}');
        }
    }
}

fn print_string(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => *out += "\\n",
            '\t' => *out += "\\t",
            c if c < ' ' => write!(out, "\\u{:04x}", c as u32).unwrap(),
            c => out.push(c),
        }
    }
    out.push('"');
}

fn document() -> String {
    let people = (0..200u32).map(|i| {
        let marks = (0..i % 9).map(|k| ((i * 37 + k * 11) % 1000).to_string()).collect::<Vec<_>>().join(",");
        let (x, y) = (f64::from(i * 7919 % 10_007) / 16.0 - 300.0, f64::from(i) / 3.0);
        format!(
            r#"{{"id":{i},"name":"Zoë \"{i}\" of Łódź","active":{},"parent":null,"marks":[{marks}],"place":{{"x":{x},"y":{y}}},"text":"one\ntwo\t\u0001\\"}}"#,
            i % 3 == 0
        )
    });
    format!("[{}]", people.collect::<Vec<_>>().join(","))
}

#[no_mangle]
pub extern "C" fn run(n: i32) -> i64 {
    let text = document();
    let mut sum = 0u64;
    for _ in 0..n {
        let value = Parser { text: &text, at: 0 }.value();
        let mut printed = String::new();
        print(&value, &mut printed);
        assert!(text == printed, "what was printed is not what was read");
        sum = printed.bytes().fold(sum, |sum, byte| (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    }
    sum as i64
}
