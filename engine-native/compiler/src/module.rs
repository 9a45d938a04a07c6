//! A core module without its code: what the plan tells and what translation asks.

use crate::failure::Failure;
use crate::layout::Layout;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use wasmparser::{
    AbstractHeapType, BinaryReader, CompositeInnerType, ConstExpr, DataKind, ElementItems, ElementKind, ExternalKind,
    HeapType, KnownCustom, MemoryType, Operator, Payload, RefType, TableInit, TableType, TypeRef, ValType,
};

pub struct FunctionType {
    pub params: Vec<ValType>,
    pub results: Vec<ValType>,
}

pub struct Table {
    pub element: RefType,
    pub minimum: u64,
    pub maximum: Option<u64>,
    pub exported: bool,
    /// Whether a `table.grow` may be in the code.
    pub grows: bool,
    pub init: Option<Range<u64>>,
}

pub struct Memory {
    pub minimum: u64,
    pub maximum: Option<u64>,
}

pub struct Global {
    pub content: ValType,
    pub mutable: bool,
    pub init: Option<Range<u64>>,
    /// The value of an immutable integer that the module itself defines as a constant.
    pub constant: Option<i64>,
}

pub enum Mode {
    Passive,
    /// Into this table or memory, at this expression's value.
    Active(u32, Range<u64>),
    Declarative,
}

pub enum Items {
    Functions(Vec<u32>),
    Expressions(Vec<Range<u64>>),
}

pub struct ElementSegment {
    pub mode: Mode,
    pub element: RefType,
    pub items: Items,
}

pub struct DataSegment {
    pub mode: Mode,
    pub bytes: Range<u64>,
}

#[derive(Default)]
pub struct Module {
    pub types: Vec<FunctionType>,
    /// For each type the first that is equal.
    pub canonical: Vec<u32>,
    pub functions: Vec<u32>,
    pub imported_functions: u32,
    pub tables: Vec<Table>,
    pub imported_tables: u32,
    pub memories: Vec<Memory>,
    pub imported_memories: u32,
    pub globals: Vec<Global>,
    pub imported_globals: u32,
    pub tags: Vec<u32>,
    pub imported_tags: u32,
    pub exports: Vec<(u8, u32)>,
    pub start: Option<u32>,
    pub elements: Vec<ElementSegment>,
    pub data: Vec<DataSegment>,
    pub names: Option<Range<u64>>,
    pub debug: Vec<(String, Range<u64>)>,
    pub bodies: Vec<Range<u64>>,
    referenced: BTreeSet<u32>,
    first_of_type: HashMap<(Vec<ValType>, Vec<ValType>), u32>,
}

impl Module {
    /// Takes what a validated section says.
    pub fn section(&mut self, payload: &Payload<'_>) -> Result<(), Failure> {
        match payload {
            Payload::TypeSection(section) => self.types(section.clone())?,
            Payload::ImportSection(section) => {
                for import in section.clone().into_imports_with_offsets() {
                    let (offset, import) = import?;
                    self.import(import.ty, offset)?;
                }
            }
            Payload::FunctionSection(section) => {
                for index in section.clone() {
                    self.functions.push(index?);
                }
            }
            Payload::TableSection(section) => {
                for table in section.clone().into_iter_with_offsets() {
                    let (offset, table) = table?;
                    let init = match &table.init {
                        TableInit::RefNull => None,
                        TableInit::Expr(expression) => Some(self.expression(expression)?),
                    };
                    self.table(table.ty, init, offset)?;
                }
            }
            Payload::MemorySection(section) => {
                for memory in section.clone().into_iter_with_offsets() {
                    let (offset, memory) = memory?;
                    self.memory(memory, offset)?;
                }
            }
            Payload::TagSection(section) => {
                for tag in section.clone() {
                    self.tags.push(tag?.func_type_idx);
                }
            }
            Payload::GlobalSection(section) => {
                for global in section.clone().into_iter_with_offsets() {
                    let (offset, global) = global?;
                    supported(global.ty.content_type, offset)?;
                    let constant = if global.ty.mutable { None } else { constant(&global.init_expr)? };
                    let init = Some(self.expression(&global.init_expr)?);
                    self.globals.push(Global {
                        content: global.ty.content_type,
                        mutable: global.ty.mutable,
                        init,
                        constant,
                    });
                }
            }
            Payload::ExportSection(section) => {
                for export in section.clone() {
                    let export = export?;
                    let kind = match export.kind {
                        ExternalKind::Func | ExternalKind::FuncExact => 0,
                        ExternalKind::Table => 1,
                        ExternalKind::Memory => 2,
                        ExternalKind::Global => 3,
                        ExternalKind::Tag => 4,
                    };
                    match kind {
                        0 => _ = self.referenced.insert(export.index),
                        1 => self.tables[export.index as usize].exported = true,
                        _ => {}
                    }
                    self.exports.push((kind, export.index));
                }
            }
            Payload::StartSection { func, .. } => {
                self.start = Some(*func);
                self.referenced.insert(*func);
            }
            Payload::ElementSection(section) => {
                for element in section.clone().into_iter_with_offsets() {
                    let (offset, element) = element?;
                    self.element(element, offset)?;
                }
            }
            Payload::DataSection(section) => {
                for data in section.clone() {
                    let data = data?;
                    let mode = match &data.kind {
                        DataKind::Passive => Mode::Passive,
                        DataKind::Active { memory_index, offset_expr } => {
                            Mode::Active(*memory_index, self.expression(offset_expr)?)
                        }
                    };
                    // The segment's range ends with its bytes.
                    let bytes = data.range.end - data.data.len() as u64..data.range.end;
                    self.data.push(DataSegment { mode, bytes });
                }
            }
            Payload::CodeSectionEntry(body) => self.bodies.push(body.range()),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(_) = section.as_known() {
                    self.names = Some(section.data_range());
                } else if section.name().starts_with(".debug_") {
                    self.debug.push((section.name().to_string(), section.data_range()));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn types(&mut self, section: wasmparser::TypeSectionReader<'_>) -> Result<(), Failure> {
        for group in section.into_iter_with_offsets() {
            let (offset, group) = group?;
            if group.types().len() != 1 {
                return Err(Failure::unsupported("garbage collection: group of types", offset));
            }
            for sub in group.into_types() {
                let CompositeInnerType::Func(function) = &sub.composite_type.inner else {
                    return Err(Failure::unsupported("garbage collection: type that is not a function's", offset));
                };
                if !sub.is_final || sub.supertype_idxs.len() != 0 {
                    return Err(Failure::unsupported("garbage collection: subtype", offset));
                }
                for ty in function.params().iter().chain(function.results()) {
                    supported(*ty, offset)?;
                }
                let (params, results) = (function.params().to_vec(), function.results().to_vec());
                let index = self.types.len() as u32;
                let key = (params.clone(), results.clone());
                self.canonical.push(*self.first_of_type.entry(key).or_insert(index));
                self.types.push(FunctionType { params, results });
            }
        }
        Ok(())
    }

    fn import(&mut self, import: TypeRef, offset: u64) -> Result<(), Failure> {
        match import {
            TypeRef::Func(index) => {
                self.functions.push(index);
                self.imported_functions += 1;
            }
            TypeRef::FuncExact(_) => return Err(Failure::unsupported("garbage collection: exact import", offset)),
            TypeRef::Table(table) => {
                self.table(table, None, offset)?;
                self.imported_tables += 1;
            }
            TypeRef::Memory(memory) => {
                self.memory(memory, offset)?;
                self.imported_memories += 1;
            }
            TypeRef::Global(global) => {
                supported(global.content_type, offset)?;
                self.globals.push(Global {
                    content: global.content_type,
                    mutable: global.mutable,
                    init: None,
                    constant: None,
                });
                self.imported_globals += 1;
            }
            TypeRef::Tag(tag) => {
                self.tags.push(tag.func_type_idx);
                self.imported_tags += 1;
            }
        }
        Ok(())
    }

    fn table(&mut self, table: TableType, init: Option<Range<u64>>, offset: u64) -> Result<(), Failure> {
        if table.table64 {
            return Err(Failure::unsupported("64-bit table", offset));
        }
        supported(ValType::Ref(table.element_type), offset)?;
        self.tables.push(Table {
            element: table.element_type,
            minimum: table.initial,
            maximum: table.maximum,
            exported: false,
            grows: false,
            init,
        });
        Ok(())
    }

    fn memory(&mut self, memory: MemoryType, offset: u64) -> Result<(), Failure> {
        if memory.memory64 {
            return Err(Failure::unsupported("64-bit memory", offset));
        }
        if memory.shared {
            return Err(Failure::unsupported("shared memory", offset));
        }
        self.memories.push(Memory { minimum: memory.initial, maximum: memory.maximum });
        Ok(())
    }

    fn element(&mut self, element: wasmparser::Element<'_>, offset: u64) -> Result<(), Failure> {
        let mode = match &element.kind {
            ElementKind::Passive => Mode::Passive,
            ElementKind::Active { table_index, offset_expr } => {
                Mode::Active(table_index.unwrap_or(0), self.expression(offset_expr)?)
            }
            ElementKind::Declared => Mode::Declarative,
        };
        let (ty, items) = match element.items {
            ElementItems::Functions(section) => {
                let functions = section.into_iter().collect::<Result<Vec<u32>, _>>()?;
                self.referenced.extend(&functions);
                (RefType::FUNCREF, Items::Functions(functions))
            }
            ElementItems::Expressions(ty, section) => {
                // A segment of non-null function references may initialize a table of nullable ones.
                let ty = if ty == RefType::FUNC { RefType::FUNCREF } else { ty };
                supported(ValType::Ref(ty), offset)?;
                let mut expressions = Vec::new();
                for expression in section {
                    expressions.push(self.expression(&expression?)?);
                }
                (ty, Items::Expressions(expressions))
            }
        };
        self.elements.push(ElementSegment { mode, element: ty, items });
        Ok(())
    }

    /// Where the expression is; the functions that it refers to are noted.
    fn expression(&mut self, expression: &ConstExpr<'_>) -> Result<Range<u64>, Failure> {
        for operator in expression.get_operators_reader().into_iter_with_offsets() {
            match operator? {
                (Operator::RefFunc { function_index }, _) => _ = self.referenced.insert(function_index),
                (operator, offset) => {
                    if crate::features::proposal(&operator) == "gc" {
                        return Err(Failure::unsupported("garbage collection", offset));
                    }
                }
            }
        }
        Ok(expression.get_binary_reader().range())
    }

    /// Functions that have a record, ascending; imports too.
    pub fn referenced(&self) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.referenced.iter().copied()
    }

    /// The positions of own referenced functions among themselves, by function index.
    pub fn record_positions(&self) -> HashMap<u32, u32> {
        self.referenced.range(self.imported_functions..).copied().zip(0..).collect()
    }

    pub fn layout(&self) -> Layout {
        Layout::new(
            self.memories.len(),
            self.tables.len(),
            self.globals.len(),
            self.tags.len(),
            self.imported_functions as usize,
            self.referenced.range(self.imported_functions..).count(),
        )
    }

    /// Marks the tables that the code may grow: those whose `table.grow` (0xFC 15, table) is somewhere in it as bytes,
    /// be it by chance. Reading all instructions would take much longer.
    pub fn find_growing_tables(&mut self, bytes: &[u8]) {
        for body in &self.bodies {
            let mut rest = &bytes[body.start as usize..body.end as usize];
            while let Some(at) = rest.iter().position(|byte| *byte == 0xfc) {
                rest = &rest[at + 1..];
                let mut reader = BinaryReader::new(rest, 0);
                if let (Ok(15), Ok(table)) = (reader.read_var_u32(), reader.read_var_u32())
                    && let Some(table) = self.tables.get_mut(table as usize)
                {
                    table.grows = true;
                }
            }
        }
    }

    /// The size of a table that nothing can change.
    pub fn fixed_table(&self, index: u32) -> Option<u64> {
        let table = &self.tables[index as usize];
        let fixed = index >= self.imported_tables && !table.exported && !table.grows;
        fixed.then_some(table.minimum)
    }

    pub fn function_type(&self, function: u32) -> &FunctionType {
        &self.types[self.functions[function as usize] as usize]
    }
}

/// The byte of a value type in the plan.
pub fn type_byte(ty: ValType) -> u8 {
    match ty {
        ValType::I32 => 0,
        ValType::I64 => 1,
        ValType::F32 => 2,
        ValType::F64 => 3,
        ValType::V128 => 4,
        ValType::Ref(RefType::FUNCREF) => 5,
        ValType::Ref(RefType::EXTERNREF) => 6,
        ValType::Ref(_) => 7,
    }
}

/// Whether the type has a byte in the plan.
fn supported(ty: ValType, offset: u64) -> Result<(), Failure> {
    let ValType::Ref(reference) = ty else { return Ok(()) };
    if reference == RefType::FUNCREF || reference == RefType::EXTERNREF || reference == RefType::EXNREF {
        return Ok(());
    }
    let feature = match reference.heap_type() {
        HeapType::Abstract { ty: AbstractHeapType::Func | AbstractHeapType::Extern, .. } | HeapType::Concrete(_) => {
            "typed function references"
        }
        HeapType::Abstract { ty: AbstractHeapType::Exn, .. } => "exceptions",
        _ => "garbage collection",
    };
    Err(Failure::unsupported(&format!("{feature}: type {ty}"), offset))
}

fn constant(expression: &ConstExpr<'_>) -> Result<Option<i64>, Failure> {
    let mut reader = expression.get_operators_reader();
    let value = match reader.read()? {
        Operator::I32Const { value } => Some(i64::from(value)),
        Operator::I64Const { value } => Some(value),
        _ => None,
    };
    Ok(if matches!(reader.read()?, Operator::End) { value } else { None })
}
