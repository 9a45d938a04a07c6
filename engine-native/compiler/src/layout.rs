//! Where things are: the instance block, a function's record, a stack's context (INTERFACE.md).

pub const TYPE_IDS: i32 = 8;
/// Memories and tables are pairs; an imported one has a pointer to its pair in the first place.
pub const PAIR_SIZE: u32 = 16;
pub const PAIR_BASE: i32 = 0;
pub const PAIR_LENGTH: i32 = 8;
pub const GLOBAL_SIZE: u32 = 16;
pub const TAG_SIZE: u32 = 8;
pub const IMPORT_SIZE: u32 = 24;
pub const IMPORT_CODE: i32 = 0;
pub const IMPORT_VMCTX: i32 = 8;
pub const IMPORT_RECORD: i32 = 16;
pub const RECORD_SIZE: u32 = 32;
pub const RECORD_CODE: i32 = 0;
pub const RECORD_VMCTX: i32 = 8;
pub const RECORD_TYPE: i32 = 16;

pub const STACK_SIZE: i64 = 1 << 20;
pub const CONTEXT_SIZE: i64 = 256;
/// In the context; the limit is its first word.
pub const YIELD: i32 = 32;
pub const RAISE: i32 = 40;
pub const ARGUMENTS: i32 = 48;
pub const CALLEE: i32 = 56;
pub const MEMMOVE: i32 = 64;
pub const MEMSET: i32 = 72;
pub const LEAVE_CALL: i32 = 96;
pub const CALL_SLOTS: i32 = 104;
/// So much of the context is left for slots.
pub const CALL_SLOTS_SIZE: i32 = CONTEXT_SIZE as i32 - CALL_SLOTS;

pub const YIELD_HOST: i64 = 1;
pub const YIELD_TICK: i64 = 2;
pub const YIELD_BUILTIN: i64 = 256;
pub const RAISE_TRAP: i64 = 4096;

/// The instance block's sections, as offsets; limits on counts (wasmparser's) keep them below 2^31.
pub struct Layout {
    pub memories: u32,
    pub tables: u32,
    pub globals: u32,
    pub tags: u32,
    pub imports: u32,
    pub references: u32,
    pub size: u32,
}

impl Layout {
    pub fn new(
        memories: usize,
        tables: usize,
        globals: usize,
        tags: usize,
        imports: usize,
        references: usize,
    ) -> Layout {
        let after = |start: u32, count: usize, size: u32| start + count as u32 * size;
        let memories_at = 16;
        let tables_at = after(memories_at, memories, PAIR_SIZE);
        let globals_at = after(tables_at, tables, PAIR_SIZE);
        let tags_at = after(globals_at, globals, GLOBAL_SIZE);
        let imports_at = after(tags_at, tags, TAG_SIZE);
        let references_at = after(imports_at, imports, IMPORT_SIZE);
        Layout {
            memories: memories_at,
            tables: tables_at,
            globals: globals_at,
            tags: tags_at,
            imports: imports_at,
            references: references_at,
            size: after(references_at, references, RECORD_SIZE),
        }
    }

    pub fn memory(&self, index: u32) -> i32 {
        (self.memories + index * PAIR_SIZE) as i32
    }

    pub fn table(&self, index: u32) -> i32 {
        (self.tables + index * PAIR_SIZE) as i32
    }

    pub fn global(&self, index: u32) -> i32 {
        (self.globals + index * GLOBAL_SIZE) as i32
    }

    pub fn import(&self, index: u32) -> i32 {
        (self.imports + index * IMPORT_SIZE) as i32
    }

    /// The record at this position among the referenced functions that are not imported.
    pub fn reference(&self, position: u32) -> i32 {
        (self.references + position * RECORD_SIZE) as i32
    }
}
