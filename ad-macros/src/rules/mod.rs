//! What is known about each function of floats: its derivative, where it is
//! not differentiable, and what it costs.
//!
//! A function is a [`Row`] of one [`table`](self::table); tangent, adjoint, what
//! must be recorded and the trace are read off the row. The table is a file of
//! data that two readers share: here it becomes [`TABLE`], and the row tests
//! read the same file as plain functions and compare them with independent
//! computations.
//!
//! The table is closed under differentiation: the functions in a partial are
//! rows themselves, so derivatives of every order exist.

mod instantiate;

pub use instantiate::instantiate;
pub use table::TABLE;

use crate::ir::Operand;

/// What is known about one function of floats.
#[derive(Debug)]
pub struct Row {
    /// The method, operator or helper function.
    pub name: &'static str,
    /// The operands, the receiver first; those that are floats come first.
    pub params: &'static [&'static str],
    /// What the partials call the result.
    pub result: &'static str,
    pub kind: Kind,
    /// The variant of `SiteKind` that a trace shows; empty for smooth rows.
    pub site_kind: &'static str,
    /// One expression for each float operand, over the operands, the result,
    /// numbers and functions of this table. Empty for [`Kind::Select`], whose
    /// derivatives are the runtime's weights.
    pub partials: &'static [&'static str],
    /// Which operands are floats; the others (the exponent of `powi`) are
    /// integers and never active.
    pub float_operands: &'static [bool],
    /// Costs no more than an addition or two: cheaper to run again in the
    /// reverse sweep than to keep.
    pub cheap: bool,
    /// A function of `ad_runtime::__private::partial` instead of a method. Only
    /// partials use it.
    pub helper: bool,
    /// The operator `/` or `%` instead of a method.
    pub operator: bool,
    /// The result is constant on every piece and is inactive by contract.
    pub inactive_result: bool,
}

/// How a function can fail to be differentiable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nowhere in its domain.
    Smooth,
    /// Continuous and piecewise linear; the selection rule decides at ties. The
    /// weights are constant on a piece, so their own derivative is zero.
    Select,
    /// Continuous with a kink at which every selection rule makes the same
    /// choice: it stands in the partials.
    Kink,
    /// Discontinuous; the partials are those of the executed piece.
    Jump,
    /// Has points at which the derivative is infinite or does not exist; the
    /// partials are what IEEE arithmetic gives there.
    Singular,
}

/// Reads the table as data.
macro_rules! rows {
    ($(
        $name:ident ( $($param:ident $(: $int:ident)?),+ ) => $result:ident :
        $kind:ident $(($site:ident))? $(, $flag:ident)* $({ [ $($partial:expr),+ ] })? ;
    )+) => {
        use crate::rules::{Kind, Row};

        /// Every row, in the order of the table.
        pub static TABLE: &[Row] = &[$(Row {
            name: stringify!($name),
            params: &[$(stringify!($param)),+],
            result: stringify!($result),
            kind: Kind::$kind,
            site_kind: concat!($(stringify!($site))?),
            partials: &[$($(stringify!($partial)),+)?],
            float_operands: &[$(concat!($(stringify!($int))?).is_empty()),+],
            $($flag: true,)*
            ..PLAIN
        }),+];

        const PLAIN: Row = Row {
            name: "",
            params: &[],
            result: "",
            kind: Kind::Smooth,
            site_kind: "",
            partials: &[],
            float_operands: &[],
            cheap: false,
            helper: false,
            operator: false,
            inactive_result: false,
        };
    };
}

mod table;

/// The row called `name`, helpers and operators included.
pub fn find(name: &str) -> Option<&'static Row> {
    TABLE.iter().find(|row| row.name == name)
}

/// The row of the float method `name`. A user's method that happens to be called
/// like a helper or an operator is not taken for it.
pub fn method(name: &str) -> Option<&'static Row> {
    find(name).filter(|row| !row.helper && !row.operator)
}

/// Whether the hidden functions of every method of this name are handed a site of
/// their caller's: only rustc knows whether it is the float's method.
pub fn takes_site(name: &str) -> bool {
    method(name).is_some_and(|row| row.kind != Kind::Smooth)
}

/// Whether the reverse sweep of every method of this name is handed the result:
/// a float's derivative is made of it.
pub fn takes_result(name: &str) -> bool {
    let made_of = |row: &Row| {
        let uses = |partial: &str| {
            let mut parts = partial.split(|c: char| !c.is_alphanumeric());
            parts.any(|part| part == row.result)
        };
        row.partials.iter().any(|partial| uses(partial))
    };
    method(name).is_some_and(made_of)
}

/// Whether a call of the row with these operands can be at a tie, a jump or a
/// singular point, given that one of its operands is active.
pub fn is_site(row: &Row, args: &[Operand]) -> bool {
    match (row.name, args) {
        // A power with a literal exponent is a polynomial, or for a negative
        // exponent a quotient.
        ("powi", [_, Operand::Lit(syn::Lit::Int(n))]) => n.base10_digits().starts_with('-'),
        _ => row.kind != Kind::Smooth,
    }
}

/// Methods with several results: each is the tuple of these rows.
pub const TUPLES: &[(&str, &[&str])] = &[("sin_cos", &["sin", "cos"])];

/// Methods of floats that have no derivative: the name, the reason, and what to
/// write instead.
pub const NO_DERIVATIVE: &[(&str, &str, &str)] = &[
    ("to_bits", BITS, VALUE_OR_CONSTANT),
    ("to_be_bytes", BITS, VALUE_OR_CONSTANT),
    ("to_le_bytes", BITS, VALUE_OR_CONSTANT),
    ("to_ne_bytes", BITS, VALUE_OR_CONSTANT),
    ("from_bits", FROM_BITS, FROM_CONSTANT),
    ("from_be_bytes", FROM_BITS, FROM_CONSTANT),
    ("from_le_bytes", FROM_BITS, FROM_CONSTANT),
    ("from_ne_bytes", FROM_BITS, FROM_CONSTANT),
    ("next_up", NEIGHBOUR, VALUE_OR_CONSTANT),
    ("next_down", NEIGHBOUR, VALUE_OR_CONSTANT),
    (
        "to_int_unchecked",
        "an unchecked conversion is unsafe",
        "write a cast, for example `x as i64`",
    ),
    (
        "integer_decode",
        "it reads the bits of a float, which have no derivative",
        VALUE_OR_CONSTANT,
    ),
];

const BITS: &str = "the bits of a float have no derivative";
const FROM_BITS: &str = "a float made of bits has no derivative";
const NEIGHBOUR: &str = "a step to the neighbouring float has no derivative";
const VALUE_OR_CONSTANT: &str =
    "compute with the value itself, or stop the derivative: `ad_runtime::constant(x)`";
const FROM_CONSTANT: &str = "compute the value with float operations instead";

/// Methods of floats whose result carries no derivative: the name and the
/// variant of `SiteKind` where the method decides something by an active value;
/// empty for those that only classify, which are no sites.
pub const INACTIVE_RESULT: &[(&str, &str)] = &[
    ("is_nan", ""),
    ("is_finite", ""),
    ("is_infinite", ""),
    ("is_normal", ""),
    ("is_subnormal", ""),
    ("classify", ""),
    ("is_sign_positive", "IsSignPositive"),
    ("is_sign_negative", "IsSignNegative"),
    ("total_cmp", "TotalCmp"),
    ("partial_cmp", "PartialCmp"),
    ("lt", "Less"),
    ("le", "LessEqual"),
    ("gt", "Greater"),
    ("ge", "GreaterEqual"),
    ("eq", "Equal"),
    ("ne", "NotEqual"),
];

/// The variant of `SiteKind` of a method that decides by an active value.
pub fn decides(name: &str) -> Option<&'static str> {
    let (_, kind) = INACTIVE_RESULT.iter().find(|(method, _)| *method == name)?;
    (!kind.is_empty()).then_some(kind)
}

#[cfg(test)]
mod tests;
