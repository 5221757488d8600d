//! Statements.

use proc_macro2::Span;

use super::{ActSet, Call, Effect, Op, Operand, Place, Var};

/// The tangent that accompanies an argument of [`StmtKind::CallJvp`], or an operand of
/// a decision.
#[derive(Clone, Debug)]
pub struct TanArg {
    pub act: ActSet,
    pub tan: TanSource,
}

#[derive(Clone, Debug)]
pub enum TanSource {
    /// Inactive, or carries no float.
    Empty,
    Value(Operand),
    Place(Place),
}

#[derive(Clone, Debug, Default)]
pub struct Block(pub Vec<Stmt>);

#[derive(Clone, Debug)]
pub struct Stmt {
    pub kind: StmtKind,
    pub span: Span,
}

#[derive(Clone, Debug)]
pub enum StmtKind {
    Let(Var, Op),
    /// Declares a memory; without a value it is assigned before it is read.
    Declare(Var, Option<Op>),
    Store(Place, Operand),
    /// `place += operand` (`negate`: `-=`), for floats and tangents.
    Update {
        place: Place,
        negate: bool,
        value: Operand,
    },
    Swap(Place, Place),
    VecPush(Place, Operand),
    /// Drops the last element: a `pop`, or a push undone. The vector is not empty.
    VecTruncate(Place),
    Effect(Box<Effect>),
    If(Operand, Block, Block),
    For(Box<For>),
    Loop(Box<Loop>),

    // Before `structure` only.
    /// Runs the block; `Exit::Break` with its label leaves it.
    Labeled(Label, Block),
    Exit(Exit),

    // What only the transforms write.
    /// At the end of a block of the forward sweep: keeps temporaries (and
    /// memories, which are moved) on the tape.
    Push(Vec<Var>),
    /// At the start of the block of the reverse sweep: binds them again.
    Pop(Vec<Var>),
    /// The reverse sweep of a call.
    CallReverse(Box<CallReverse>),
    /// Forward mode of a call: `let (value, tangent) = ..`. With `kept` it is the
    /// forward sweep of a reverse sweep that has tangents as well.
    CallJvp {
        value: Var,
        tangent: Var,
        call: Call,
        tans: Vec<TanArg>,
        kept: Option<Vec<Restore>>,
    },
    /// The tangents of the operands of the decision that follows, for a run that
    /// decides ties by them.
    Heading(Vec<TanArg>),
    /// Runs the block only where the caller wants `&mut` parameter `0` restored
    /// (decided at compile time).
    IfRestore(usize, Block),
    /// Runs the block only where the set is active (decided at compile time).
    IfActive(ActSet, Block),
    /// Saves the final value of a `&mut` parameter before the reverse sweep
    /// changes it back, for calls from outside.
    SaveFinal(Var),
    /// Puts it back.
    RestoreFinal(Var),
    /// Gives the memory of a local back to the tape.
    Recycle(Var),
    /// What follows in this block belongs to the other sweep.
    Turn(Toward),
    /// One sweep of a loop under `#[checkpoint(n)]`.
    Checkpointed(Box<Checkpointed>),
}

/// Which sweep statements belong to, where both run in one block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Toward {
    Forward,
    Reverse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Label(pub u32);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    Break(Label),
    Continue(Label),
}

/// `for index in lo..hi`, ascending or descending.
#[derive(Clone, Debug)]
pub struct For {
    /// The label that `break` and `continue` name (gone after `structure`).
    pub label: Option<Label>,
    pub index: Var,
    pub lo: Operand,
    pub hi: Operand,
    pub inclusive: bool,
    /// The direction in which this loop runs through `lo..hi`.
    pub descending: bool,
    /// The direction of the user's loop: the number of a row is the iteration's
    /// position in that order.
    pub user_descending: bool,
    pub body: Block,
    /// Of a loop under `#[checkpoint(n)]`: how many states are kept. Gone after
    /// the transforms.
    pub checkpoint: Option<Operand>,
    /// Whether the iterations may run at once: under `#[parallel]`.
    pub parallel: bool,
    /// Variables kept in one column each, a row an iteration: written at the end
    /// of the body (forward) or bound at its start (reverse).
    pub rows: Vec<Var>,
    pub rows_are: Rows,
    /// Written by the last pass, `transform::window`, alone.
    pub windows: Vec<Window>,
}

/// A slice as long as the loop, cut out of a place before the loop.
#[derive(Clone, Debug)]
pub struct Window {
    /// Indexed by the loop's counter, which starts at zero.
    pub alias: Var,
    pub place: Place,
    /// Computes `at`, where the slice starts; run only if the loop runs.
    pub start: Block,
    pub at: Operand,
    pub mutable: bool,
    /// The place is there only where this set is active.
    pub under: Option<ActSet>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    Written,
    Bound,
}

/// Runs the body, then again as long as `again`, which the body binds at its
/// top level, is true. `while c { b }` is a body `{ c; if c { b } }`.
#[derive(Clone, Debug)]
pub struct Loop {
    pub label: Option<Label>,
    pub body: Block,
    pub again: Operand,
    /// Bound after the loop to the number of times the body ran (`usize`).
    pub trips: Option<Var>,
}

/// A loop of which some states are kept instead of every value. The forward sweep
/// runs the iterations and keeps nothing but these states; the reverse sweep goes
/// back to one of them, runs forward from there to the iteration that is its turn,
/// and runs both sweeps of that one.
#[derive(Clone, Debug)]
pub struct Checkpointed {
    pub snapshots: Operand,
    pub index: Var,
    pub lo: Operand,
    pub hi: Operand,
    pub inclusive: bool,
    /// The direction of the user's loop.
    pub descending: bool,
    /// Puts a copy of the state on the tape.
    pub keep: Block,
    /// The forward sweep of an iteration.
    pub forward: Block,
    /// Only of the reverse sweep.
    pub back: Option<Back>,
}

#[derive(Clone, Debug)]
pub struct Back {
    /// Takes the last copy of the state from the tape.
    pub restore: Block,
    /// The reverse sweep of an iteration, in the scope of its forward sweep.
    pub reverse: Block,
}

#[derive(Clone, Debug)]
pub struct CallReverse {
    pub call: Call,
    /// Per argument: its activity, and where its cotangent is added.
    pub slots: Vec<(ActSet, Option<Place>)>,
    /// What the call returned, where its reverse sweep wants it back.
    pub result: Option<Operand>,
    /// The cotangent of the result, passed by reference.
    pub seed: Place,
    /// Per argument: whether a `&mut` one must come back with its value before
    /// the call.
    pub restore: Vec<Restore>,
    /// Only in the tangent of an adjoint.
    pub tangents: Option<ReverseTangents>,
}

/// The tangents that accompany the reverse sweep of a call.
#[derive(Clone, Debug)]
pub struct ReverseTangents {
    pub args: Vec<TanArg>,
    /// Where the tangent of each argument's cotangent is added.
    pub slots: Vec<Option<Place>>,
    /// The tangent of the result's cotangent; absent where nothing feeds it.
    pub seed: Option<Place>,
}

/// Whether a callee is to put a `&mut` argument back.
#[derive(Clone, Debug)]
pub struct Restore {
    pub wish: Wish,
    /// If one of these reads its parameter again, whatever is wished.
    pub readers: Vec<Reader>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    No,
    Yes,
    /// If the caller of this function wants parameter `0` restored.
    AsParam(usize),
}

/// A callee and one of its `&mut` parameters, which its reverse sweep may read: only its own
/// macro knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    pub callee: syn::ExprPath,
    pub param: usize,
}
