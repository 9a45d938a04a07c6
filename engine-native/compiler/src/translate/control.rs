//! Blocks, branches and the function's end.

use super::Translator;
use crate::abi::{self, Trap};
use crate::facts::Mark;
use cranelift_codegen::ir::condcodes::IntCC;
use cranelift_codegen::ir::{Block, BlockArg, BlockCall, InstBuilder, JumpTableData, MemFlagsData, Type, Value, types};
use cranelift_frontend::Variable;
use std::collections::HashMap;
use wasmparser::{BlockType, BrTable, Operator, ValType};

enum Kind {
    Block,
    /// The block that starts it.
    Loop(Block),
    /// The block of its other branch and the operands that this starts with; a block once that is open.
    If {
        otherwise: Block,
        operands: Vec<Value>,
    },
}

/// An open block, loop, if or the function itself.
pub struct Frame {
    kind: Kind,
    /// The operands below its parameters.
    height: usize,
    params: usize,
    results: usize,
    end: Block,
    /// Whether something jumps to its end.
    ended: bool,
    /// What was known when it began.
    facts: Mark,
}

impl Translator<'_> {
    /// The frame of the function itself.
    pub(super) fn body(&mut self, results: &[ValType]) {
        let results = self.clif_types(results);
        self.open(Kind::Block, 0, &results);
    }

    pub(super) fn control(&mut self, operator: &Operator<'_>) -> bool {
        match *operator {
            Operator::Nop => {}
            Operator::Unreachable => {
                self.trap(Trap::Unreachable);
                self.dead = Some(0);
            }
            Operator::Block { blockty } => {
                let params = self.params(blockty).len();
                self.open(Kind::Block, params, &self.results(blockty));
            }
            Operator::Loop { blockty } => self.open_loop(blockty),
            Operator::If { blockty } => self.open_if(blockty),
            Operator::Else => self.otherwise(),
            Operator::End => self.close(),
            Operator::Br { relative_depth } => {
                self.jump(relative_depth);
                self.dead = Some(0);
            }
            Operator::BrIf { relative_depth } => {
                let condition = self.pop();
                let (target, arguments) = self.target(relative_depth);
                let next = self.builder.create_block();
                self.builder.ins().brif(condition, target, &arguments, next, &[]);
                self.straight_on(next);
            }
            Operator::BrTable { ref targets } => {
                self.branch_table(targets);
                self.dead = Some(0);
            }
            Operator::Return => {
                let results = self.frames[0].results;
                self.return_top(results);
                self.dead = Some(0);
            }
            _ => return false,
        }
        true
    }

    /// Code that nothing can get to: only the ends of blocks count.
    pub(super) fn skip(&mut self, operator: &Operator<'_>) {
        let depth = self.dead.expect("dead code");
        match operator {
            Operator::Block { .. } | Operator::Loop { .. } | Operator::If { .. } | Operator::TryTable { .. } => {
                self.dead = Some(depth + 1);
            }
            Operator::End if depth > 0 => self.dead = Some(depth - 1),
            Operator::End => self.close(),
            Operator::Else if depth == 0 => self.otherwise(),
            _ => {}
        }
        if matches!(operator, Operator::Loop { .. }) {
            self.loops_seen += 1;
        }
    }

    /// Goes on in a block that only the last instruction leads to.
    fn straight_on(&mut self, block: Block) {
        self.facts.observable();
        self.builder.switch_to_block(block);
        self.builder.seal_block(block);
    }

    fn params(&self, ty: BlockType) -> Vec<Type> {
        match ty {
            BlockType::FuncType(index) => self.clif_types(&self.environment.module.types[index as usize].params),
            _ => Vec::new(),
        }
    }

    fn results(&self, ty: BlockType) -> Vec<Type> {
        match ty {
            BlockType::Empty => Vec::new(),
            BlockType::Type(ty) => vec![abi::value_type(ty)],
            BlockType::FuncType(index) => self.clif_types(&self.environment.module.types[index as usize].results),
        }
    }

    fn clif_types(&self, types: &[ValType]) -> Vec<Type> {
        types.iter().map(|ty| abi::value_type(*ty)).collect()
    }

    fn block_with(&mut self, params: &[Type]) -> Block {
        let block = self.builder.create_block();
        for ty in params {
            self.builder.append_block_param(block, *ty);
        }
        block
    }

    fn open(&mut self, kind: Kind, params: usize, results: &[Type]) {
        let end = self.block_with(results);
        self.frames.push(Frame {
            kind,
            height: self.stack.len() - params,
            params,
            results: results.len(),
            end,
            ended: false,
            facts: self.facts.mark(),
        });
    }

    fn open_loop(&mut self, ty: BlockType) {
        let params = self.params(ty);
        let head = self.block_with(&params);
        // Read before the loop, where they are defined.
        let unchanged: Vec<(Variable, Value)> = std::mem::take(&mut self.survey.loops[self.loops_seen])
            .into_iter()
            .filter_map(|local| self.locals.get(local as usize).map(|(variable, _)| *variable))
            .map(|variable| (variable, self.builder.use_var(variable)))
            .collect();
        self.loops_seen += 1;
        let arguments = self.top(params.len());
        self.builder.ins().jump(head, &arguments);
        self.facts.observable();
        self.builder.switch_to_block(head);
        // Defined in the loop's head, they need no parameter there; facts about them hold in the loop.
        for (variable, value) in unchanged {
            self.builder.def_var(variable, value);
        }
        self.stack.truncate(self.stack.len() - params.len());
        self.stack.extend_from_slice(self.builder.block_params(head));
        self.open(Kind::Loop(head), params.len(), &self.results(ty));
        self.check_tick();
    }

    /// An atomic load: one that is not, optimization would move out of the loop.
    fn check_tick(&mut self) {
        let context = self.context.expect("a function with loops has its stack's context");
        let limit = self.builder.ins().atomic_load(types::I64, MemFlagsData::trusted(), context);
        let due = self.builder.ins().icmp_imm_s(IntCC::SignedLessThan, limit, 0);
        self.interrupt_if(due);
    }

    fn open_if(&mut self, ty: BlockType) {
        let condition = self.pop();
        let (then, otherwise) = (self.builder.create_block(), self.builder.create_block());
        self.builder.ins().brif(condition, then, &[], otherwise, &[]);
        self.builder.seal_block(otherwise);
        let params = self.params(ty).len();
        let operands = self.stack[self.stack.len() - params..].to_vec();
        self.open(Kind::If { otherwise, operands }, params, &self.results(ty));
        self.straight_on(then);
    }

    fn otherwise(&mut self) {
        if self.dead.take().is_none() {
            self.jump(0);
        }
        let frame = self.frames.last_mut().expect("an if is open");
        let Kind::If { otherwise, operands } = std::mem::replace(&mut frame.kind, Kind::Block) else {
            unreachable!("validation lets else follow if only");
        };
        self.stack.truncate(frame.height);
        self.stack.extend(operands);
        self.facts.reset(frame.facts);
        self.builder.switch_to_block(otherwise);
    }

    fn close(&mut self) {
        let frame = self.frames.last().expect("a block is open");
        if let Kind::If { .. } = frame.kind {
            // Without an else the parameters are the results.
            self.otherwise();
        }
        let frame = self.frames.last().expect("a block is open");
        let live = self.dead.is_none();
        if let Kind::Loop(head) = frame.kind {
            self.builder.seal_block(head);
        }
        if !frame.ended {
            // Only the code before leads here: everything that it knows holds on.
            let frame = self.frames.pop().expect("a block is open");
            if live && self.frames.is_empty() {
                self.return_top(frame.results);
            } else if !live {
                self.stack.truncate(frame.height);
                self.facts.reset(frame.facts);
            }
            return;
        }
        if live {
            self.jump(0);
        }
        let frame = self.frames.pop().expect("a block is open");
        self.dead = None;
        self.facts.reset(frame.facts);
        self.builder.switch_to_block(frame.end);
        self.builder.seal_block(frame.end);
        self.stack.truncate(frame.height);
        self.stack.extend_from_slice(self.builder.block_params(frame.end));
        if self.frames.is_empty() {
            self.return_top(frame.results);
        }
    }

    fn branch_table(&mut self, targets: &BrTable<'_>) {
        let index = self.pop();
        // Each target once, however often the table names it: the arguments are passed in a block of their own.
        let mut passing: Vec<(u32, Block)> = Vec::new();
        let mut blocks: HashMap<u32, Block> = HashMap::new();
        let mut calls = Vec::new();
        for depth in targets.targets().chain([Ok(targets.default())]) {
            let depth = depth.expect("validation has read them all");
            let block = *blocks.entry(depth).or_insert_with(|| {
                let (target, arguments) = self.target(depth);
                if arguments.is_empty() {
                    return target;
                }
                let block = self.builder.create_block();
                passing.push((depth, block));
                block
            });
            calls.push(BlockCall::new(block, [], &mut self.builder.func.dfg.value_lists));
        }
        let default = calls.pop().expect("the default target");
        let table = self.builder.create_jump_table(JumpTableData::new(default, &calls));
        self.builder.ins().br_table(index, table);
        for (depth, block) in passing {
            self.straight_on(block);
            self.jump(depth);
        }
    }

    /// Where a branch goes, with its arguments.
    fn target(&mut self, depth: u32) -> (Block, Vec<BlockArg>) {
        let index = self.frames.len() - 1 - depth as usize;
        let frame = &mut self.frames[index];
        let (block, count) = match frame.kind {
            Kind::Loop(head) => (head, frame.params),
            _ => {
                frame.ended = true;
                (frame.end, frame.results)
            }
        };
        (block, self.top(count))
    }

    fn jump(&mut self, depth: u32) {
        let (block, arguments) = self.target(depth);
        self.builder.ins().jump(block, &arguments);
    }

    /// The uppermost operands as arguments; they stay.
    fn top(&mut self, count: usize) -> Vec<BlockArg> {
        let from = self.stack.len() - count;
        (from..self.stack.len()).map(|at| BlockArg::Value(self.plain(self.stack[at]))).collect()
    }

    fn return_top(&mut self, count: usize) {
        let from = self.stack.len() - count;
        let values: Vec<Value> = (from..self.stack.len()).map(|at| self.plain(self.stack[at])).collect();
        self.builder.ins().return_(&values);
    }
}
