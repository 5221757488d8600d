//! Walks over the parts of operations and statements.
//!
//! Everything is derived from two functions, [`op_parts`] and [`stmt_parts`]
//! (and their mutable twins, written by the same macro), so that a new variant
//! of the IR is described once.
//!
//! *Shallow and deep.* Functions on operations and statements do not enter
//! nested blocks; [`stmt_blocks`] gives those. Functions named `all_*` enter them.

use std::collections::BTreeSet;

use super::{
    Arg, Back, Block, Call, CallReverse, Checkpointed, Element, Exit, Extreme, For, Loop, Op,
    Operand, Place, Proj, Rows, Stmt, StmtKind, StructOf, StructTangent, TanArg, TanSource, Var,
};

/// What happens to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Its value is read.
    Read,
    /// Only its length or shape is read.
    Shape,
    /// It is overwritten; the old value does not matter.
    Write,
    /// It is read and written.
    Change,
}

impl Access {
    pub fn writes(self) -> bool {
        matches!(self, Access::Write | Access::Change)
    }
}

/// One part of an operation or statement.
#[derive(Debug)]
pub enum Part<'a> {
    Operand(&'a Operand),
    /// The operands in the projections are not given again as parts.
    Place(&'a Place, Access),
    /// A variable named without a place: a memory or temporary that is kept,
    /// recycled or carried in rows.
    Name(&'a Var),
    /// A variable that is bound here.
    Bind(&'a Var),
}

/// As [`Part`], for renaming.
#[derive(Debug)]
pub enum PartMut<'a> {
    Operand(&'a mut Operand),
    Place(
        &'a mut Place,
        #[expect(dead_code, reason = "the twin of `Part::Place`")] Access,
    ),
    Name(&'a mut Var),
    Bind(&'a mut Var),
}

macro_rules! walks {
    ($Part:ident, $iter:ident, $op_parts:ident, $stmt_parts:ident, $stmt_blocks:ident,
     $call_parts:ident, $tan_parts:ident, $place_operands:ident, $($m:tt)?) => {
        /// The operands in a place's projections.
        pub fn $place_operands(place: &$($m)? Place, f: &mut dyn FnMut(&$($m)? Operand)) {
            for proj in place.proj.$iter() {
                match proj {
                    Proj::Index(i) | Proj::Key(i) => f(i),
                    Proj::Element(element) => {
                        let Element { index, key } = &$($m)? **element;
                        f(index);
                        f(key);
                    }
                    Proj::Range { lo, hi, .. } => {
                        lo.$iter().for_each(&mut *f);
                        hi.$iter().for_each(&mut *f);
                    }
                    Proj::Field(_) | Proj::Deref | Proj::Content(_) | Proj::Payload(_) => {}
                }
            }
        }

        /// The arguments of a call.
        pub fn $call_parts(call: &$($m)? Call, f: &mut dyn FnMut($Part<'_>)) {
            for arg in call.args.$iter() {
                match arg {
                    Arg::Value(a) => f($Part::Operand(a)),
                    Arg::Ref(p) => f($Part::Place(p, Access::Read)),
                    Arg::RefMut(p) => f($Part::Place(p, Access::Change)),
                }
            }
        }

        /// The tangents of the arguments of a call.
        fn $tan_parts(tans: &$($m)? [TanArg], call: &Call, f: &mut dyn FnMut($Part<'_>)) {
            for (tan, arg) in tans.$iter().zip(&call.args) {
                let access = match arg {
                    Arg::RefMut(_) => Access::Change,
                    _ => Access::Read,
                };
                match tan {
                    TanArg { tan: TanSource::Empty, .. } => {}
                    TanArg { tan: TanSource::Value(a), .. } => f($Part::Operand(a)),
                    TanArg { tan: TanSource::Place(p), .. } => f($Part::Place(p, access)),
                }
            }
        }

        /// The parts of an operation, in the order of evaluation.
        pub fn $op_parts(op: &$($m)? Op, f: &mut dyn FnMut($Part<'_>)) {
            match op {
                Op::Use(a)
                | Op::Unary(_, a)
                | Op::Cast(a, _)
                | Op::Repeat(a, _)
                | Op::When(_, a)
                | Op::Constant(a) => f($Part::Operand(a)),
                Op::Binary(_, a, b) | Op::VecRepeat(a, b) | Op::Scale(a, b) => {
                    f($Part::Operand(a));
                    f($Part::Operand(b));
                }
                Op::Prim(_, args) | Op::Tuple(args) | Op::Array(args) | Op::VecOf(args) => {
                    args.$iter().for_each(|a| f($Part::Operand(a)));
                }
                Op::Struct(s) => {
                    let StructOf { fields, base, kind, .. } = &$($m)? **s;
                    fields.$iter().for_each(|(_, a)| f($Part::Operand(a)));
                    kind.$iter().for_each(|a| f($Part::Operand(a)));
                    base.$iter().for_each(|p| f($Part::Place(p, Access::Read)));
                }
                Op::StructTangent(s) => {
                    let StructTangent { like, base, fields } = &$($m)? **s;
                    f($Part::Name(like));
                    fields.$iter().for_each(|(_, a)| f($Part::Operand(a)));
                    base.$iter().for_each(|(_, p)| f($Part::Place(p, Access::Read)));
                }
                Op::VecEmpty(n) => n.$iter().for_each(|a| f($Part::Operand(a))),
                Op::Read(p) | Op::MoveOut(p) | Op::ToVec(p) => f($Part::Place(p, Access::Read)),
                Op::Extreme(e) | Op::ExtremeWeights(e, _) => {
                    let Extreme { init, list, .. } = &$($m)? **e;
                    init.$iter().for_each(|a| f($Part::Operand(a)));
                    f($Part::Place(list, Access::Read));
                }
                Op::ReadWhen(_, p, like) => {
                    f($Part::Place(p, Access::Read));
                    f($Part::Operand(like));
                }
                Op::Len(p) | Op::ZeroLike(p) => f($Part::Place(p, Access::Shape)),
                Op::Take(p) => f($Part::Place(p, Access::Change)),
                Op::Opaque(o) => o.holes.$iter().for_each(|p| f($Part::Place(p, Access::Read))),
                Op::Call(c) | Op::CallForward(c, _) => $call_parts(c, f),
                Op::Weights(_, args) => args.$iter().for_each(|(_, a)| f($Part::Operand(a))),
                Op::OperatorVjp { args, seed, .. } => {
                    args.$iter().for_each(|a| f($Part::Operand(a)));
                    f($Part::Operand(seed));
                }
                Op::CastBack { operand, seed: tan }
                | Op::CastAhead { operand, tan }
                | Op::NegVjp { operand, seed: tan, .. }
                | Op::NegJvp { operand, tan, .. } => {
                    f($Part::Operand(operand));
                    f($Part::Operand(tan));
                }
                Op::NegVjpTan { operand, tan, seed, seed_tan, .. } => {
                    [operand, tan, seed, seed_tan].into_iter().for_each(|a| f($Part::Operand(a)));
                }
                Op::OperatorJvp { args, tans, .. } => {
                    args.$iter().for_each(|a| f($Part::Operand(a)));
                    tans.$iter().for_each(|a| f($Part::Operand(a)));
                }
                Op::OperatorVjpTan { args, tans, seed, seed_tan, .. } => {
                    args.$iter().for_each(|a| f($Part::Operand(a)));
                    tans.$iter().for_each(|a| f($Part::Operand(a)));
                    f($Part::Operand(seed));
                    f($Part::Operand(seed_tan));
                }
                Op::Placeholder | Op::Zero => {}
            }
        }

        /// The parts of a statement outside its nested blocks, uses before
        /// bindings. `Loop::again` and the rows that a `For` writes are parts
        /// although the body binds them.
        pub fn $stmt_parts(stmt: &$($m)? Stmt, f: &mut dyn FnMut($Part<'_>)) {
            match &$($m)? stmt.kind {
                StmtKind::Let(v, op) => {
                    $op_parts(op, f);
                    f($Part::Bind(v));
                }
                StmtKind::Declare(v, op) => {
                    if let Some(op) = op {
                        $op_parts(op, f);
                    }
                    f($Part::Bind(v));
                }
                StmtKind::Store(p, a) => {
                    f($Part::Operand(a));
                    f($Part::Place(p, Access::Write));
                }
                StmtKind::Update { place, value, .. } | StmtKind::VecPush(place, value) => {
                    f($Part::Operand(value));
                    f($Part::Place(place, Access::Change));
                }
                StmtKind::Swap(p, q) => {
                    f($Part::Place(p, Access::Change));
                    f($Part::Place(q, Access::Change));
                }
                StmtKind::Effect(e) => {
                    e.names.$iter().for_each(|(_, p)| f($Part::Place(p, Access::Read)));
                }
                StmtKind::If(c, ..) => f($Part::Operand(c)),
                StmtKind::For(l) => {
                    let For { index, lo, hi, checkpoint, rows, rows_are, .. } = &$($m)? **l;
                    f($Part::Operand(lo));
                    f($Part::Operand(hi));
                    checkpoint.$iter().for_each(|n| f($Part::Operand(n)));
                    f($Part::Bind(index));
                    for v in rows.$iter() {
                        f(match rows_are {
                            Rows::Written => $Part::Name(v),
                            Rows::Bound => $Part::Bind(v),
                        });
                    }
                }
                StmtKind::Loop(l) => {
                    let Loop { again, trips, .. } = &$($m)? **l;
                    f($Part::Operand(again));
                    trips.$iter().for_each(|v| f($Part::Bind(v)));
                }
                StmtKind::Checkpointed(c) => {
                    let Checkpointed { snapshots, index, lo, hi, .. } = &$($m)? **c;
                    f($Part::Operand(snapshots));
                    f($Part::Operand(lo));
                    f($Part::Operand(hi));
                    f($Part::Bind(index));
                }
                StmtKind::Push(vars) => vars.$iter().for_each(|v| f($Part::Name(v))),
                StmtKind::Pop(vars) => vars.$iter().for_each(|v| f($Part::Bind(v))),
                StmtKind::VecTruncate(p) => f($Part::Place(p, Access::Change)),
                StmtKind::Heading(tans) => {
                    for TanArg { tan, .. } in tans.$iter() {
                        match tan {
                            TanSource::Empty => {}
                            TanSource::Value(a) => f($Part::Operand(a)),
                            TanSource::Place(p) => f($Part::Place(p, Access::Read)),
                        }
                    }
                }
                StmtKind::CallReverse(c) => {
                    let CallReverse { call, slots, result, seed, tangents, .. } = &$($m)? **c;
                    $call_parts(call, f);
                    result.$iter().for_each(|a| f($Part::Operand(a)));
                    for (_, slot) in slots.$iter() {
                        slot.$iter().for_each(|p| f($Part::Place(p, Access::Change)));
                    }
                    f($Part::Place(seed, Access::Read));
                    for tangents in tangents.$iter() {
                        $tan_parts(&$($m)? tangents.args, call, f);
                        for slot in tangents.slots.$iter().flatten() {
                            f($Part::Place(slot, Access::Change));
                        }
                        tangents.seed.$iter().for_each(|p| f($Part::Place(p, Access::Read)));
                    }
                }
                StmtKind::CallJvp { value, tangent, call, tans, .. } => {
                    $call_parts(call, f);
                    $tan_parts(tans, call, f);
                    f($Part::Bind(value));
                    f($Part::Bind(tangent));
                }
                StmtKind::SaveFinal(v) | StmtKind::RestoreFinal(v) | StmtKind::Recycle(v) => {
                    f($Part::Name(v));
                }
                StmtKind::Labeled(..)
                | StmtKind::Exit(Exit::Break(_) | Exit::Continue(_))
                | StmtKind::IfActive(..)
                | StmtKind::IfRestore(..)
                | StmtKind::Turn(_) => {}
            }
        }

        /// The blocks directly inside a statement.
        pub fn $stmt_blocks(stmt: &$($m)? Stmt, f: &mut dyn FnMut(&$($m)? Block)) {
            match &$($m)? stmt.kind {
                StmtKind::If(_, a, b) => {
                    f(a);
                    f(b);
                }
                StmtKind::For(l) => f(&$($m)? l.body),
                StmtKind::Loop(l) => f(&$($m)? l.body),
                StmtKind::Checkpointed(c) => {
                    let Checkpointed { keep, forward, back, .. } = &$($m)? **c;
                    f(keep);
                    f(forward);
                    for Back { restore, reverse } in back.$iter() {
                        f(restore);
                        f(reverse);
                    }
                }
                StmtKind::Labeled(_, b)
                | StmtKind::IfActive(_, b)
                | StmtKind::IfRestore(_, b) => f(b),
                _ => {}
            }
        }
    };
}

walks!(
    Part,
    iter,
    op_parts,
    stmt_parts,
    stmt_blocks,
    call_parts,
    tan_parts,
    place_operands,
);
walks!(
    PartMut,
    iter_mut,
    op_parts_mut,
    stmt_parts_mut,
    stmt_blocks_mut,
    call_parts_mut,
    tan_parts_mut,
    place_operands_mut,
    mut
);

/// The value operands of an operation; not those in projections of its places.
pub fn op_operands(op: &Op, f: &mut dyn FnMut(&Operand)) {
    op_parts(op, &mut |part| {
        if let Part::Operand(a) = part {
            f(a);
        }
    });
}

/// The places of an operation.
pub fn op_places(op: &Op, f: &mut dyn FnMut(&Place, Access)) {
    op_parts(op, &mut |part| {
        if let Part::Place(p, access) = part {
            f(p, access);
        }
    });
}

/// The places of a statement outside its nested blocks.
pub fn stmt_places(stmt: &Stmt, f: &mut dyn FnMut(&Place, Access)) {
    stmt_parts(stmt, &mut |part| {
        if let Part::Place(p, access) = part {
            f(p, access);
        }
    });
}

/// Every variable that a part uses: the operand, the root of the place and the
/// operands of its projections, the name. Bindings are no uses.
fn part_uses(part: Part<'_>, f: &mut dyn FnMut(Var)) {
    match part {
        Part::Operand(Operand::Var(v)) | Part::Name(v) => f(*v),
        Part::Place(p, _) => place_uses(p, f),
        Part::Operand(_) | Part::Bind(_) => {}
    }
}

/// The root of a place and the variables of its projections.
pub fn place_uses(place: &Place, f: &mut dyn FnMut(Var)) {
    f(place.root);
    place_operands(place, &mut |a| {
        if let Operand::Var(v) = a {
            f(*v);
        }
    });
}

/// Every variable that an operation uses, indices included.
pub fn op_uses(op: &Op, f: &mut dyn FnMut(Var)) {
    op_parts(op, &mut |part| part_uses(part, f));
}

/// Every variable that a statement uses outside its nested blocks.
pub fn stmt_uses(stmt: &Stmt, f: &mut dyn FnMut(Var)) {
    stmt_parts(stmt, &mut |part| part_uses(part, f));
}

/// The variables that a statement binds outside its nested blocks.
pub fn stmt_binds(stmt: &Stmt, f: &mut dyn FnMut(Var)) {
    stmt_parts(stmt, &mut |part| {
        if let Part::Bind(v) = part {
            f(*v);
        }
    });
}

fn part_vars_mut(part: PartMut<'_>, f: &mut dyn FnMut(&mut Var)) {
    match part {
        PartMut::Operand(Operand::Var(v)) | PartMut::Name(v) | PartMut::Bind(v) => f(v),
        PartMut::Place(p, _) => place_vars_mut(p, f),
        PartMut::Operand(_) => {}
    }
}

/// The root of a place and the variables of its projections, for renaming.
pub fn place_vars_mut(place: &mut Place, f: &mut dyn FnMut(&mut Var)) {
    f(&mut place.root);
    place_operands_mut(place, &mut |a| {
        if let Operand::Var(v) = a {
            f(v);
        }
    });
}

/// Every variable of a statement, those that it binds and those of its nested
/// blocks included, for renaming.
pub fn all_stmt_vars_mut(stmt: &mut Stmt, f: &mut dyn FnMut(&mut Var)) {
    stmt_parts_mut(stmt, &mut |part| part_vars_mut(part, f));
    stmt_blocks_mut(stmt, &mut |b| all_block_vars_mut(b, f));
}

/// Every variable of a block, for renaming.
pub fn all_block_vars_mut(block: &mut Block, f: &mut dyn FnMut(&mut Var)) {
    block.0.iter_mut().for_each(|s| all_stmt_vars_mut(s, f));
}

/// The statement and all statements inside it, outermost first.
pub fn all_stmts(stmt: &Stmt, f: &mut dyn FnMut(&Stmt)) {
    f(stmt);
    stmt_blocks(stmt, &mut |b| all_block_stmts(b, f));
}

/// All statements of a block, those of nested blocks included.
pub fn all_block_stmts(block: &Block, f: &mut dyn FnMut(&Stmt)) {
    block.0.iter().for_each(|s| all_stmts(s, f));
}

/// The roots of the places that a statement writes, nested blocks included.
pub fn written_roots(stmt: &Stmt) -> BTreeSet<Var> {
    let mut roots = BTreeSet::new();
    all_stmts(stmt, &mut |s| {
        stmt_places(s, &mut |p, access| {
            if access.writes() {
                roots.insert(p.root);
            }
        });
    });
    roots
}

/// The roots of the places that a block writes.
pub fn block_written_roots(block: &Block) -> BTreeSet<Var> {
    block.0.iter().flat_map(written_roots).collect()
}

/// The variables bound anywhere in a block.
pub fn block_bound(block: &Block) -> BTreeSet<Var> {
    let mut bound = BTreeSet::new();
    all_block_stmts(block, &mut |s| {
        stmt_binds(s, &mut |v| {
            bound.insert(v);
        });
    });
    bound
}
