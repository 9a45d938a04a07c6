//! The plan: what the runtime learns about a module (INTERFACE.md).

use crate::encode::Encoder;
use crate::module::{Items, Mode, Module, type_byte};
use crate::stubs::Stub;
use wasmparser::ValType;

pub fn encode(module: &Module, stubs: &[Stub]) -> Vec<u8> {
    let mut out = Encoder::default();
    out.size(module.types.len());
    for ty in &module.types {
        value_types(&mut out, &ty.params);
        value_types(&mut out, &ty.results);
    }
    counts(&mut out, module.imported_functions, module.functions.len());
    for ty in &module.functions {
        out.unsigned(u64::from(*ty));
    }
    counts(&mut out, module.imported_tables, module.tables.len());
    for (index, table) in module.tables.iter().enumerate() {
        out.bytes.push(type_byte(ValType::Ref(table.element)));
        limits(&mut out, table.minimum, table.maximum);
        if index >= module.imported_tables as usize {
            out.range(table.init.as_ref().unwrap_or(&(0..0)));
        }
    }
    counts(&mut out, module.imported_memories, module.memories.len());
    for memory in &module.memories {
        limits(&mut out, memory.minimum, memory.maximum);
    }
    counts(&mut out, module.imported_globals, module.globals.len());
    for global in &module.globals {
        out.bytes.push(type_byte(global.content));
        out.bytes.push(u8::from(global.mutable));
        if let Some(init) = &global.init {
            out.range(init);
        }
    }
    counts(&mut out, module.imported_tags, module.tags.len());
    for ty in &module.tags {
        out.unsigned(u64::from(*ty));
    }
    out.size(module.exports.len());
    for (kind, index) in &module.exports {
        out.bytes.push(*kind);
        out.unsigned(u64::from(*index));
    }
    out.unsigned(module.start.map_or(0, |start| u64::from(start) + 1));
    segments(&mut out, module);
    let referenced = module.referenced();
    out.size(referenced.len());
    for function in referenced {
        out.unsigned(u64::from(function));
    }
    let layout = module.layout();
    for offset in
        [layout.memories, layout.tables, layout.globals, layout.tags, layout.imports, layout.references, layout.size]
    {
        out.unsigned(u64::from(offset));
    }
    out.size(stubs.len());
    for stub in stubs {
        let (kind, argument) = stub.code();
        out.unsigned(kind);
        out.unsigned(argument);
    }
    out.range(module.names.as_ref().unwrap_or(&(0..0)));
    out.size(module.debug.len());
    for (name, content) in &module.debug {
        out.size(name.len());
        out.raw(name.as_bytes());
        out.range(content);
    }
    for body in &module.bodies {
        out.range(body);
    }
    out.bytes
}

fn counts(out: &mut Encoder, imported: u32, total: usize) {
    out.unsigned(u64::from(imported));
    out.size(total);
}

fn value_types(out: &mut Encoder, types: &[ValType]) {
    out.size(types.len());
    out.bytes.extend(types.iter().map(|ty| type_byte(*ty)));
}

fn limits(out: &mut Encoder, minimum: u64, maximum: Option<u64>) {
    out.bytes.push(u8::from(maximum.is_some()));
    out.unsigned(minimum);
    if let Some(maximum) = maximum {
        out.unsigned(maximum);
    }
}

fn segments(out: &mut Encoder, module: &Module) {
    out.size(module.elements.len());
    for segment in &module.elements {
        mode(out, &segment.mode);
        out.bytes.push(type_byte(ValType::Ref(segment.element)));
        match &segment.items {
            Items::Functions(functions) => {
                out.bytes.push(0);
                out.size(functions.len());
                for function in functions {
                    out.unsigned(u64::from(*function));
                }
            }
            Items::Expressions(expressions) => {
                out.bytes.push(1);
                out.size(expressions.len());
                for expression in expressions {
                    out.range(expression);
                }
            }
        }
    }
    out.size(module.data.len());
    for segment in &module.data {
        mode(out, &segment.mode);
        out.range(&segment.bytes);
    }
}

fn mode(out: &mut Encoder, mode: &Mode) {
    match mode {
        Mode::Passive => out.bytes.push(0),
        Mode::Active(index, expression) => {
            out.bytes.push(1);
            out.unsigned(u64::from(*index));
            out.range(expression);
        }
        Mode::Declarative => out.bytes.push(2),
    }
}
