//! Modules by hand, and a reader of the compiler's results.

use virga_codegen::Session;

pub const TARGETS: [&str; 2] = ["x86_64 verify", "aarch64 verify"];

fn unsigned(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    while value >= 0x80 {
        bytes.push(value as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
    bytes
}

fn sized(content: &[u8]) -> Vec<u8> {
    [&unsigned(content.len())[..], content].concat()
}

/// A module with a memory of one page and functions (i32, i32) -> () with these bodies: locals, and code without its
/// end.
pub fn module_of(bodies: &[Vec<u8>]) -> Vec<u8> {
    let count = bodies.len() as u8;
    let types = vec![0; bodies.len()];
    let code: Vec<u8> = bodies.iter().flat_map(|body| sized(&[&body[..], &[0x0b]].concat())).collect();
    [
        b"\0asm\x01\0\0\0".to_vec(),
        [vec![1], sized(&[1, 0x60, 2, 0x7f, 0x7f, 0])].concat(),
        [vec![3], sized(&[vec![count], types].concat())].concat(),
        [vec![5], sized(&[1, 0, 1])].concat(),
        [vec![10], sized(&[vec![count], code].concat())].concat(),
    ]
    .concat()
}

/// The same with one function that has no locals.
pub fn module(code: &[u8]) -> Vec<u8> {
    module_of(&[[&[0][..], code].concat()])
}

pub struct Function {
    /// Space and target of each relocation.
    pub relocations: Vec<(u64, u64)>,
    /// Where calls return to, and from where in the body.
    pub addresses: Vec<(u64, i64)>,
    /// Where guarded calls return to.
    pub guarded: Vec<u64>,
}

impl Function {
    /// How often it calls the stub in that place of the plan.
    pub fn calls(&self, stub: u64) -> usize {
        self.relocations.iter().filter(|call| **call == (1, stub)).count()
    }
}

/// Compiles the module's functions.
pub fn compile(module: &[u8], target: &str) -> Vec<Function> {
    let session = Session::prepare(module, target).unwrap();
    let code = session.functions(0, session.function_count()).unwrap();
    let mut reader = Reader { rest: &code };
    let count = reader.unsigned();
    let functions = (0..count).map(|_| reader.function()).collect();
    assert!(reader.rest.is_empty());
    functions
}

struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    fn byte(&mut self) -> u8 {
        let byte = self.rest[0];
        self.rest = &self.rest[1..];
        byte
    }

    fn unsigned(&mut self) -> u64 {
        let byte = u64::from(self.byte());
        if byte < 0x80 { byte } else { byte & 0x7f | self.unsigned() << 7 }
    }

    fn signed(&mut self) -> i64 {
        let byte = i64::from(self.byte());
        match byte {
            0..0x40 => byte,
            0x40..0x80 => byte - 0x80,
            _ => byte & 0x7f | self.signed() << 7,
        }
    }

    fn function(&mut self) -> Function {
        let _alignment = self.unsigned();
        let length = self.unsigned() as usize;
        self.rest = &self.rest[length..];
        let count = self.unsigned();
        let relocations = (0..count).map(|_| {
            let [_offset, _kind, space, target] = std::array::from_fn(|_| self.unsigned());
            self.signed();
            (space, target)
        });
        let relocations = relocations.collect();
        let count = self.unsigned();
        let (mut address, mut offset) = (0, 0);
        let addresses = (0..count).map(|_| {
            address += self.unsigned();
            offset += self.signed();
            (address, offset)
        });
        let addresses = addresses.collect();
        let handlers = self.unsigned() as usize;
        self.rest = &self.rest[handlers..];
        let count = self.unsigned();
        let mut address = 0;
        let guarded = (0..count).map(|_| {
            address += self.unsigned();
            let site = self.unsigned() as usize;
            assert!(site < handlers);
            address
        });
        Function { relocations, addresses, guarded: guarded.collect() }
    }
}
