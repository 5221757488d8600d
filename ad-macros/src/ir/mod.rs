//! The intermediate representation: A-normal form with numbered variables and
//! structured control flow.
//!
//! Three programs are written in it: the lowered primal, and the tangent and
//! adjoint programs that the transforms make of it. It is closed: whatever a
//! transform emits, the forward transform can take as its input.
//!
//! *Naming law.* `Var` numbers are unique in a `Func`; a transform that needs new
//! variables adds them to the same table. Facts about variables (activity,
//! sites, what is kept) live in separate maps keyed by `Var`, never in the tree.
//!
//! *Two kinds of variable.* A **temporary** is bound once by `Let` and never
//! changes. A **memory** is bound by `Declare` (or is a parameter), is changed by
//! `Store`, `Update`, `Swap`, `VecPush` and by calls, and is seen only through
//! [`Op::Read`] and through places. A place may be rooted at either kind.
//! References do not exist: a local `let r = &mut a[i..j]` is resolved by the
//! lowering to the place `a[i..j]` itself.

use proc_macro2::{Ident, Span, TokenStream};
use std::collections::{BTreeMap, BTreeSet};

use crate::rules::Row;

pub mod check;
pub mod lower;
pub mod overlap;
pub mod print;
mod stmt;
pub mod types;
pub mod visit;

pub use stmt::*;

/// A variable, an index into [`Func::vars`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Var(pub u32);

/// What the tokens tell about a type. `Unknown` is resolved by rustc.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ty {
    /// `f64`, `f32`, a parameter bounded by `Float`, or (name absent) a float
    /// whose width is left to rustc's inference.
    Float(Option<Ident>),
    /// An integer; the name is absent when rustc infers it.
    Int(Option<Ident>),
    Bool,
    Unit,
    Array(Box<Ty>),
    Slice(Box<Ty>),
    Vec(Box<Ty>),
    Tuple(Vec<Ty>),
    Option(Box<Ty>),
    /// A `Result`, or an `Option` where tokens do not tell which; by the content
    /// of `Ok` or `Some`.
    Result(Box<Ty>),
    Unknown,
}

/// How a parameter is passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Passing {
    Value,
    Ref,
    RefMut,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VarKind {
    /// The memory of parameter number `index`. Places rooted here are read
    /// through the reference where `passing` is one.
    Param { index: usize, passing: Passing },
    /// The caller's slot for the cotangent or tangent of parameter `index`:
    /// always passed by reference, empty where the parameter is inactive.
    Slot { index: usize, of: Passing },
    /// Declared, then changed.
    Memory,
    /// Bound once.
    Temp,
    /// A part of a memory that a loop works on: [`For::windows`].
    Window,
}

#[derive(Clone, Debug)]
pub struct VarInfo {
    /// The user's name or a generated one; `emit::names` makes names unique.
    pub name: String,
    pub kind: VarKind,
    pub ty: Ty,
    /// The user's token that errors about this variable point to.
    pub span: Span,
    /// The length of a local array that lives in memory of the tape.
    pub on_tape: Option<usize>,
    /// Set where the value is a function.
    pub function: Option<Callable>,
    /// Which operands the operator that the variable is bound to takes by
    /// reference: `&a * b` is another operator than `a * b`.
    pub by_reference: [bool; 2],
}

/// What a value that is a function is called with.
#[derive(Clone, Debug)]
pub struct Callable {
    pub inputs: usize,
    /// The type of the result.
    pub result: Ty,
    /// How the user passes it on.
    pub by: Passing,
}

/// An atom.
#[derive(Clone, Debug)]
pub enum Operand {
    /// A temporary. Memories are read by [`Op::Read`] first.
    Var(Var),
    /// A literal, with the user's suffix if any.
    Lit(syn::Lit),
    /// A path to a constant (`N`, `f64::consts::PI`), or any closed expression
    /// of constants; never active.
    Const(Box<syn::Expr>),
}

/// A piece of memory.
#[derive(Clone, Debug)]
pub struct Place {
    pub root: Var,
    pub proj: Vec<Proj>,
}

#[derive(Clone, Debug)]
pub enum Proj {
    Index(Operand),
    /// An element that a type of the user's finds: `[(i, j)]`.
    Element(Box<Element>),
    /// The place of such an element in a tangent.
    Key(Operand),
    /// `[lo..hi]`, `[lo..=hi]`; an absent end is open.
    Range {
        lo: Option<Operand>,
        hi: Option<Operand>,
        inclusive: bool,
    },
    /// A field of a tuple or struct.
    Field(syn::Member),
    /// What a `Box` or a reference inside another value points to.
    Deref,
    /// What an `Option` or a `Result` holds: of `Some` or `Ok`, which it is here.
    Content(Holder),
    /// A field of the variant that an enum has here.
    Payload(Box<Payload>),
}

/// An index of a type of the user's.
#[derive(Clone, Debug)]
pub struct Element {
    /// As the user wrote it.
    pub index: Operand,
    /// The place that the type finds for it, in its values and in its tangents.
    pub key: Operand,
}

/// What holds a content that may be absent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    Option,
    Result,
    /// Only rustc knows which.
    Either,
}

/// A field of a variant of an enum.
#[derive(Clone, Debug)]
pub struct Payload {
    /// The variant as the user names it: `Shape::Circle`.
    pub variant: syn::Path,
    pub field: syn::Member,
    /// The enum is the tangent of the one that has the variant.
    pub of_tangent: bool,
}

/// User tokens that are carried through untouched. Variables of the program
/// stand in it as identifiers `__hole_0`, `__hole_1`, .., each for a place.
#[derive(Clone, Debug)]
pub struct Opaque {
    pub expr: syn::Expr,
    pub holes: Vec<Place>,
    /// May be run again, or not at all, without a visible difference: operators,
    /// indexing, casts, `len()`, float methods on inactive values. Calls of
    /// unknown functions are not pure.
    pub pure: bool,
    /// Set where the construct is outside the language for active values: if an
    /// active value reaches a hole, this is reported.
    pub refusal: Option<Refusal>,
    /// Set where floats decide the result, in a way that only the runtime sees.
    pub gap: Option<Box<Gap>>,
}

/// What an [`Opaque`] decides by floats.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The variant of `SiteKind`.
    pub kind: &'static str,
    /// A function that notes the selections, over the same holes; the one after
    /// the last is the result.
    pub note: syn::Expr,
}

impl Opaque {
    /// The method, where the whole expression is a call of one on a hole.
    pub fn method(&self) -> Option<&Ident> {
        let expr = match &self.expr {
            // `decided(x.method())`
            syn::Expr::Call(call) => call.args.first()?,
            expr => expr,
        };
        match expr {
            syn::Expr::MethodCall(call) if matches!(*call.receiver, syn::Expr::Path(_)) => {
                Some(&call.method)
            }
            _ => None,
        }
    }
}

/// Why a construct is refused, and what to write instead.
#[derive(Clone, Debug)]
pub struct Refusal {
    pub span: Span,
    pub what: String,
    pub help: String,
}

/// A statement of the user's that computes nothing the derivative needs:
/// `println!`, `assert!`, `panic!`. The user's names in it are bound to
/// references to the places (to the value where it is a scalar) around it.
#[derive(Clone, Debug)]
pub struct Effect {
    pub stmt: syn::Stmt,
    pub names: Vec<(Ident, Place)>,
    /// `assert!`-like: no harm if it is run twice.
    pub assert_like: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinOp {
    Add,
    Sub,
    Mul,
    Div,
    Rem,
    BitAnd,
    BitOr,
    BitXor,
    Shl,
    Shr,
    Lt,
    Le,
    Gt,
    Ge,
    Eq,
    Ne,
    /// `{ let mut t = a; t += b; t }`, where the user may have written the operator.
    AddAssign,
    SubAssign,
    MulAssign,
    DivAssign,
    RemAssign,
}

impl BinOp {
    /// The operator as the user may have written it for a type of theirs.
    pub fn assigning(self) -> Option<BinOp> {
        Some(match self {
            BinOp::Add => BinOp::AddAssign,
            BinOp::Sub => BinOp::SubAssign,
            BinOp::Mul => BinOp::MulAssign,
            BinOp::Div => BinOp::DivAssign,
            BinOp::Rem => BinOp::RemAssign,
            _ => return None,
        })
    }

    pub fn is_assigning(self) -> bool {
        matches!(
            self,
            BinOp::AddAssign
                | BinOp::SubAssign
                | BinOp::MulAssign
                | BinOp::DivAssign
                | BinOp::RemAssign
        )
    }

    pub fn is_comparison(self) -> bool {
        matches!(
            self,
            BinOp::Lt | BinOp::Le | BinOp::Gt | BinOp::Ge | BinOp::Eq | BinOp::Ne
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnOp {
    Neg,
    Not,
}

#[derive(Clone, Debug)]
pub enum Arg {
    Value(Operand),
    Ref(Place),
    RefMut(Place),
}

/// A call to an annotated function (or, if no active value reaches it, to any).
#[derive(Clone, Debug)]
pub struct Call {
    pub callee: Callee,
    /// The receiver of a method comes first.
    pub args: Vec<Arg>,
}

/// How the user names what is called.
#[derive(Clone, Debug)]
pub enum Callee {
    /// `f(x)`
    Function(syn::ExprPath),
    /// `V::f(x)`: a function of a type or trait, with a receiver or without.
    Associated(syn::ExprPath),
    /// `x.f(y)`: rustc finds it by the type of the receiver.
    Method {
        name: Ident,
        generics: Option<syn::AngleBracketedGenericArguments>,
    },
}

impl Callee {
    /// The name, where it is one of a function of a type.
    pub fn of_type(&self) -> Option<&Ident> {
        match self {
            Callee::Function(_) => None,
            Callee::Associated(path) => path.path.segments.last().map(|s| &s.ident),
            Callee::Method { name, .. } => Some(name),
        }
    }
}

impl Place {
    /// Whether a derivative can flow through the place: the error of a `Result`
    /// carries none.
    pub fn carries(&self) -> bool {
        self.proj.iter().all(Proj::carries)
    }
}

impl Proj {
    /// A field of a struct, or of a variant of an enum: the path tells which.
    pub fn field_of(path: &syn::Path, field: syn::Member) -> Proj {
        let variant = match std_variant(path) {
            Some("Some") => return Proj::Content(Holder::Option),
            Some("Ok") => return Proj::Content(Holder::Result),
            // An error carries nothing; that it is one, rustc sees to.
            Some("Err") => syn::parse_quote!(::core::result::Result::Err),
            _ => path.clone(),
        };
        match is_variant(path) {
            false => Proj::Field(field),
            true => Proj::Payload(Box::new(Payload {
                variant,
                field,
                of_tangent: false,
            })),
        }
    }

    fn carries(&self) -> bool {
        match self {
            Proj::Payload(p) => std_variant(&p.variant) != Some("Err"),
            _ => true,
        }
    }
}

impl StructOf {
    /// `Box::new(x)`, whose tangent is that of what it owns.
    pub fn is_box(&self) -> bool {
        self.path.segments.last().is_some_and(|s| s.ident == "Box")
    }

    /// Where field number `k` is in the value; absent where no derivative flows
    /// through it.
    pub fn field(&self, k: usize) -> Option<Proj> {
        if self.is_box() {
            return Some(Proj::Deref);
        }
        let proj = Proj::field_of(&self.path, self.fields[k].0.clone());
        Some(proj).filter(Proj::carries)
    }
}

/// The variant of `Option` or `Result` that a path names: `Some`, `Option::Some`.
pub fn std_variant(path: &syn::Path) -> Option<&'static str> {
    let mut names = path.segments.iter().rev().map(|s| &s.ident);
    let last = names.next()?;
    let owner = match last {
        last if last == "Some" || last == "None" => "Option",
        last if last == "Ok" || last == "Err" => "Result",
        _ => return None,
    };
    // Another enum may have variants of these names.
    if names.next().is_some_and(|of| of != owner) {
        return None;
    }
    ["Some", "None", "Ok", "Err"]
        .into_iter()
        .find(|name| last == name)
}

/// Whether a path names a variant of an enum: `Shape::Circle`, `Some`. One without
/// its enum is taken for a struct.
pub fn is_variant(path: &syn::Path) -> bool {
    let mut names = path.segments.iter().rev().map(|s| s.ident.to_string());
    let (last, of) = (names.next(), names.next());
    let known = ["Some", "None", "Ok", "Err"];
    last.is_some_and(|last| known.contains(&last.as_str()))
        || of.is_some_and(|of| of.starts_with(char::is_uppercase))
}

/// Whether a path is that of a free function, as far as its words tell: constants and
/// types are written in capitals.
pub fn is_function_path(path: &syn::ExprPath) -> bool {
    let primitive = ["f64", "f32"];
    let small = |s: &syn::PathSegment| s.ident.to_string().starts_with(|c: char| !c.is_uppercase());
    let first = path.path.segments.first();
    path.qself.is_none()
        && path.path.segments.iter().all(small)
        && !first.is_some_and(|s| primitive.iter().any(|name| s.ident == name))
}

/// The function that a constant operand is, with the `&` before it.
pub fn function_operand(a: &Operand) -> Option<(TokenStream, &syn::ExprPath)> {
    let Operand::Const(e) = a else { return None };
    match &**e {
        syn::Expr::Path(path) => Some((TokenStream::new(), path)),
        syn::Expr::Reference(r) => match &*r.expr {
            syn::Expr::Path(path) => Some((quote::quote!(&), path)),
            _ => None,
        },
        _ => None,
    }
    .filter(|(_, path)| is_function_path(path))
}

/// A value of a struct, or of an enum's variant, made of its fields.
#[derive(Clone, Debug)]
pub struct StructOf {
    pub path: syn::Path,
    pub fields: Vec<(syn::Member, Operand)>,
    /// Where the other fields come from.
    pub base: Option<Place>,
    /// Of `Some` or `Ok` where only rustc knows which: what shows it.
    pub kind: Option<Operand>,
}

/// See [`Op::StructTangent`].
#[derive(Clone, Debug)]
pub struct StructTangent {
    /// The value, of whose shape the zero is.
    pub like: Var,
    pub base: Option<(Option<ActSet>, Place)>,
    /// Where in the tangent the tangent of each field is.
    pub fields: Vec<(Proj, Operand)>,
}

/// `list.fold(init, f64::max)`, or without an initial value a `reduce`.
#[derive(Clone, Debug)]
pub struct Extreme {
    /// `max`, else `min`.
    pub greatest: bool,
    pub init: Option<Operand>,
    /// A list of floats.
    pub list: Place,
}

/// How a number becomes one of another type.
#[derive(Clone, Debug)]
pub enum Conversion {
    /// `x as f64`
    As(syn::Type),
    /// The user's own expression of the number, which stands in it as `__hole_0`:
    /// `T::from(__hole_0).unwrap()`.
    By { to: syn::Type, expr: syn::Expr },
    /// Of a tangent or cotangent: only what is a float on both sides has one.
    OfTangent(syn::Type),
}

impl Conversion {
    /// The type of the result.
    pub fn to(&self) -> &syn::Type {
        match self {
            Conversion::As(to) | Conversion::By { to, .. } | Conversion::OfTangent(to) => to,
        }
    }
}

/// A set of parameters, by index: a value is active iff one of them is.
#[derive(Clone, Debug, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct ActSet(pub BTreeSet<usize>);

/// The right-hand side of a `Let`.
#[derive(Clone, Debug)]
pub enum Op {
    Use(Operand),
    /// Copies (scalars, arrays, tuples of them) or clones (`Vec`, unknown types)
    /// the value out of a place.
    Read(Place),
    /// Moves the value out of a place, as the user's own program does.
    MoveOut(Place),
    Unary(UnOp, Operand),
    Binary(BinOp, Operand, Operand),
    /// A function of the rule table.
    Prim(&'static Row, Vec<Operand>),
    /// A number as one of another type.
    Cast(Operand, Box<Conversion>),
    Opaque(Box<Opaque>),
    Tuple(Vec<Operand>),
    /// `S { a, b, ..base }`, also of tuple structs and of variants of enums.
    Struct(Box<StructOf>),
    /// `[a, b, c]`
    Array(Vec<Operand>),
    /// `[a; N]`; the length is a constant expression of the user's.
    Repeat(Operand, Box<syn::Expr>),
    /// `vec![a, b, c]`
    VecOf(Vec<Operand>),
    /// `vec![a; n]`
    VecRepeat(Operand, Operand),
    /// `Vec::with_capacity(n)`; absent: `Vec::new()`.
    VecEmpty(Option<Operand>),
    /// `place.len()` of a slice, array or `Vec`.
    Len(Place),
    /// A `Vec` made of a place's elements: `to_vec()`.
    ToVec(Place),
    /// The greatest or least of many floats: one selection among all of them.
    Extreme(Box<Extreme>),
    Call(Call),
    /// The user's `ad_runtime::constant(e)`: the operand, inactive by decision.
    Constant(Operand),
    /// A value that is never read, for a memory whose assignment rustc cannot
    /// see once exits have become flags. Only as the value of a `Declare`.
    Placeholder,

    // What only the transforms write.
    /// The zero tangent of the value in a place, of the same shape.
    ZeroLike(Place),
    /// The float zero.
    Zero,
    /// `[w_0, w_1, ..]`: the weights of the operands of a kinked row under the
    /// selection rule, each operand with its activity. Its tangent is zero.
    Weights(&'static Row, Vec<(ActSet, Operand)>),
    /// The weights of all elements of an [`Extreme`], then that of the initial
    /// value; the sets are the activity of the initial value and of the list.
    ExtremeWeights(Box<Extreme>, [ActSet; 2]),
    /// `if w == 0 { 0 } else { w * x }`: a weight never turns an infinity of a
    /// piece that was not selected into a NaN.
    Scale(Operand, Operand),
    /// The operand where the set is active, else zero of the operand's type.
    When(ActSet, Operand),
    /// Moves the cotangent out of a place and leaves zero there.
    Take(Place),
    /// Reads a place of a tangent slot if the set is active, else makes the zero
    /// tangent of the operand, which is the primal value read at the same place.
    ReadWhen(ActSet, Place, Operand),
    /// The cotangent that operand number `side` of an operator on values of
    /// unknown type receives: resolved by rustc through `rules`.
    OperatorVjp {
        op: BinOp,
        by_reference: [bool; 2],
        side: usize,
        args: [Operand; 2],
        seed: Operand,
    },
    /// The tangent of such an operator.
    OperatorJvp {
        op: BinOp,
        by_reference: [bool; 2],
        args: [Operand; 2],
        tans: [Operand; 2],
    },
    /// The tangent of `OperatorVjp`.
    OperatorVjpTan {
        op: BinOp,
        by_reference: [bool; 2],
        side: usize,
        args: [Operand; 2],
        tans: [Operand; 2],
        seed: Operand,
        seed_tan: Operand,
    },
    /// The same of a unary `-`.
    NegVjp {
        by_reference: bool,
        operand: Operand,
        seed: Operand,
    },
    NegJvp {
        by_reference: bool,
        operand: Operand,
        tan: Operand,
    },
    NegVjpTan {
        by_reference: bool,
        operand: Operand,
        tan: Operand,
        seed: Operand,
        seed_tan: Operand,
    },
    /// The cotangent that a cast hands to its operand, where only rustc knows the
    /// operand's type.
    CastBack {
        operand: Operand,
        seed: Operand,
    },
    /// The tangent of such an operand, as a float of the widest kind.
    CastAhead {
        operand: Operand,
        tan: Operand,
    },
    /// The tangent of a struct or variant: that of `base`, else zero, with the
    /// tangents of fields in their places.
    StructTangent(Box<StructTangent>),
    /// The forward sweep of a call, with what its reverse sweep must restore.
    CallForward(Call, Vec<Restore>),
}

/// A closure that is passed to a function: a struct of what it captures, and the
/// closure as a method of it.
#[derive(Clone, Debug)]
pub struct Lifted {
    pub captures: syn::ItemStruct,
    pub method: syn::ItemFn,
}

/// A function in IR.
#[derive(Clone, Debug)]
pub struct Func {
    pub vars: Vec<VarInfo>,
    /// The memory of each parameter, in order.
    pub params: Vec<Var>,
    pub body: Block,
    /// Absent: the function returns `()`.
    pub result: Option<Operand>,
    /// The user's tokens of the comparisons, divisions, casts and calls of rows
    /// that the temporaries were computed from: a site shows them.
    pub sources: BTreeMap<Var, TokenStream>,
    /// The closures that are passed to functions.
    pub closures: Vec<Lifted>,
}

/// The adjoint program: `forward`, then `reverse`, in one scope.
#[derive(Clone, Debug)]
pub struct Adjoint {
    pub vars: Vec<VarInfo>,
    pub params: Vec<Var>,
    pub forward: Block,
    pub reverse: Block,
    /// What the reverse sweep uses of the top level of the forward sweep.
    pub frame: Vec<Var>,
    pub result: Option<Operand>,
    /// The cotangent slot of each parameter; absent for those outside `wrt`.
    pub slots: Vec<Option<Var>>,
    /// The cotangent of the result.
    pub seed: Option<Var>,
    /// The parameters by reference that the reverse sweep reads.
    pub rereads: BTreeSet<usize>,
    /// The variable of each cotangent variable.
    pub primal: BTreeMap<Var, Var>,
}

/// Both sweeps as one program, for calls from outside: the forward sweep has the fused
/// loops in it, and what it binds is in the scope of the reverse sweep.
#[derive(Clone, Debug)]
pub struct Fused {
    pub sweeps: Adjoint,
    /// Callees, each with a parameter that it must overwrite before it reads it: only
    /// its own macro knows whether it does.
    pub given: Vec<(syn::ExprPath, usize)>,
}

/// The tangent program.
#[derive(Clone, Debug)]
pub struct Tangent {
    pub vars: Vec<VarInfo>,
    pub params: Vec<Var>,
    pub body: Block,
    pub result: Option<Operand>,
    /// The tangent of the result.
    pub result_tan: Option<Operand>,
    /// The tangent slot of each parameter; absent for those outside `wrt`.
    pub slots: Vec<Option<Var>>,
    /// The variables that are the tangents of others.
    pub companions: BTreeSet<Var>,
    /// All that are tangents, where they may have several lanes.
    pub lanes: Option<BTreeSet<Var>>,
}

/// The tangent program of an adjoint program: again a forward and a reverse
/// sweep, in which every variable is accompanied by its tangent.
#[derive(Clone, Debug)]
pub struct AdjointTangent {
    /// The two sweeps; the frame holds the tangents, too.
    pub sweeps: Adjoint,
    /// The tangent of the result.
    pub result_tan: Option<Operand>,
    /// The tangent slot of each parameter; absent for those outside `wrt`.
    pub tangents: Vec<Option<Var>>,
    /// The slot of the tangent of each parameter's cotangent.
    pub slot_tangents: Vec<Option<Var>>,
    /// The tangent of the result's cotangent.
    pub seed_tan: Option<Var>,
}
