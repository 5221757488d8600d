//! The invariants of a program, checked after every pass. A violation is a fault
//! of this compiler, not of the user.

use std::collections::BTreeSet;

use super::visit::{Part, stmt_binds, stmt_parts};
use super::{Block, Operand, Place, Rows, Stmt, StmtKind, Var, VarInfo, VarKind};

/// Checks a block whose parameters and slots are bound: every variable is bound
/// before it is used, in a block around the use; temporaries are bound once;
/// operands are temporaries; no exits are left.
pub fn check(vars: &[VarInfo], block: &Block) -> Result<(), String> {
    check_with(vars, block, &[])
}

/// As [`check`], for a block that also sees `bound`: what the forward sweep hands
/// to the reverse sweep.
pub fn check_with(vars: &[VarInfo], block: &Block, bound: &[Var]) -> Result<(), String> {
    let given = vars
        .iter()
        .enumerate()
        .filter_map(|(k, info)| match info.kind {
            VarKind::Param { .. } | VarKind::Slot { .. } => Some(Var(k as u32)),
            VarKind::Memory | VarKind::Temp | VarKind::Window => None,
        });
    let bound = given.chain(bound.iter().copied()).collect();
    let mut check = Check {
        vars,
        bound,
        order: Vec::new(),
    };
    check.block(block)
}

struct Check<'a> {
    vars: &'a [VarInfo],
    /// What is in scope.
    bound: BTreeSet<Var>,
    /// The same, in the order of binding, without what was bound at the start.
    order: Vec<Var>,
}

impl Check<'_> {
    fn info(&self, var: Var) -> Result<&VarInfo, String> {
        self.vars
            .get(var.0 as usize)
            .ok_or_else(|| format!("variable {} does not exist", var.0))
    }

    fn name(&self, var: Var) -> String {
        self.vars
            .get(var.0 as usize)
            .map_or_else(String::new, |i| format!("{}.{}", i.name, var.0))
    }

    fn used(&self, var: Var) -> Result<(), String> {
        self.info(var)?;
        match self.bound.contains(&var) {
            true => Ok(()),
            false => Err(format!("{} is used where it is not bound", self.name(var))),
        }
    }

    fn operand(&self, operand: &Operand) -> Result<(), String> {
        let Operand::Var(v) = operand else {
            return Ok(());
        };
        self.used(*v)?;
        match self.info(*v)?.kind {
            VarKind::Temp => Ok(()),
            _ => Err(format!(
                "the memory {} is used as an operand",
                self.name(*v)
            )),
        }
    }

    fn place(&self, place: &Place) -> Result<(), String> {
        self.used(place.root)?;
        let mut result = Ok(());
        super::visit::place_operands(place, &mut |a| {
            if result.is_ok() {
                result = self.operand(a);
            }
        });
        result
    }

    fn bind(&mut self, var: Var) -> Result<(), String> {
        self.info(var)?;
        match self.bound.insert(var) {
            true => {
                self.order.push(var);
                Ok(())
            }
            false => Err(format!("{} is bound twice", self.name(var))),
        }
    }

    /// A block; what it binds is out of scope after it.
    fn block(&mut self, block: &Block) -> Result<(), String> {
        self.scope(|c| c.stmts(block))
    }

    fn scope(&mut self, f: impl FnOnce(&mut Self) -> Result<(), String>) -> Result<(), String> {
        let outer = self.order.len();
        let result = f(self);
        for var in self.order.drain(outer..) {
            self.bound.remove(&var);
        }
        result
    }

    fn stmts(&mut self, block: &Block) -> Result<(), String> {
        block.0.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn stmt(&mut self, stmt: &Stmt) -> Result<(), String> {
        match &stmt.kind {
            StmtKind::For(l) => {
                self.operand(&l.lo)?;
                self.operand(&l.hi)?;
                l.checkpoint.iter().try_for_each(|n| self.operand(n))?;
                self.scope(|c| {
                    c.bind(l.index)?;
                    if l.rows_are == Rows::Bound {
                        l.rows.iter().try_for_each(|v| c.bind(*v))?;
                    }
                    c.stmts(&l.body)?;
                    l.rows.iter().try_for_each(|v| c.used(*v))
                })
            }
            StmtKind::Loop(l) => {
                self.scope(|c| {
                    c.stmts(&l.body)?;
                    c.condition(&l.again)
                })?;
                l.trips.map_or(Ok(()), |v| self.bind(v))
            }
            StmtKind::If(c, a, b) => {
                self.condition(c)?;
                self.block(a)?;
                self.block(b)
            }
            StmtKind::IfActive(_, b) | StmtKind::IfRestore(_, b) => self.block(b),
            StmtKind::Labeled(label, _) => Err(format!("the label '{} is left", label.0)),
            StmtKind::Exit(exit) => Err(format!("{exit:?} is left")),
            _ => self.simple(stmt),
        }
    }

    fn simple(&mut self, stmt: &Stmt) -> Result<(), String> {
        let mut result = Ok(());
        stmt_parts(stmt, &mut |part| {
            if result.is_err() {
                return;
            }
            result = match part {
                Part::Operand(a) => self.operand(a),
                Part::Place(p, _) => self.place(p),
                Part::Name(v) => self.used(*v),
                Part::Bind(_) => Ok(()),
            };
        });
        result?;
        let mut binds = Vec::new();
        stmt_binds(stmt, &mut |v| binds.push(v));
        if let (StmtKind::Let(..), Some(v)) = (&stmt.kind, binds.first())
            && self.info(*v)?.kind != VarKind::Temp
        {
            return Err(format!(
                "{} is bound by a `let` and is no temporary",
                self.name(*v)
            ));
        }
        if let (StmtKind::Declare(..), Some(v)) = (&stmt.kind, binds.first())
            && self.info(*v)?.kind != VarKind::Memory
        {
            return Err(format!("{} is declared and is no memory", self.name(*v)));
        }
        binds.into_iter().try_for_each(|v| self.bind(v))
    }

    fn condition(&self, operand: &Operand) -> Result<(), String> {
        match operand {
            Operand::Const(_) => Err("a condition is a constant expression".to_string()),
            operand => self.operand(operand),
        }
    }
}
