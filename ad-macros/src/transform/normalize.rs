//! Computed initial values of memories become temporaries of their own: a value
//! that a memory starts with must still have a name when the memory has changed.

use super::build::Vars;
use crate::ir::{Block, Func, Op, Operand, Stmt, StmtKind, VarKind};

pub fn normalize(mut func: Func) -> Func {
    let mut vars = Vars(std::mem::take(&mut func.vars));
    let mut moved = Vec::new();
    block(&mut func.body, &mut vars, &mut moved);
    for (from, to) in moved {
        if let Some(source) = func.sources.remove(&from) {
            func.sources.insert(to, source);
        }
    }
    func.vars = vars.0;
    func
}

type Moved = Vec<(crate::ir::Var, crate::ir::Var)>;

fn block(block_: &mut Block, vars: &mut Vars, moved: &mut Moved) {
    let stmts = std::mem::take(&mut block_.0);
    for mut stmt in stmts {
        crate::ir::visit::stmt_blocks_mut(&mut stmt, &mut |b| block(b, vars, moved));
        match stmt.kind {
            StmtKind::Declare(memory, Some(op)) if is_computed(&op) => {
                let info = vars.info(memory).clone();
                let value = vars.fresh(&info.name, VarKind::Temp, info.ty, info.span);
                moved.push((memory, value));
                let start = Op::Use(Operand::Var(value));
                block_.0.push(Stmt {
                    kind: StmtKind::Let(value, op),
                    span: stmt.span,
                });
                block_.0.push(Stmt {
                    kind: StmtKind::Declare(memory, Some(start)),
                    span: stmt.span,
                });
            }
            _ => block_.0.push(stmt),
        }
    }
}

fn is_computed(op: &Op) -> bool {
    matches!(
        op,
        Op::Binary(..) | Op::Unary(..) | Op::Prim(..) | Op::Cast(..)
    )
}

#[cfg(test)]
#[path = "normalize_tests.rs"]
mod tests;
