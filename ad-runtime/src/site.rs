//! Branch-selection sites: places where an active value decides.

use std::fmt;

use crate::trace::Verdict;

/// A place in the source where an active value decides which piece of a function
/// is executed.
///
/// Sites are known at compile time: `f::SITES` lists those of the function `f`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Site {
    /// The position in the function's `SITES`.
    pub index: u32,
    /// The construct.
    pub kind: SiteKind,
    /// The name of the function.
    pub function: &'static str,
    /// The source file, as `file!()` gives it.
    pub file: &'static str,
    /// The line of the first token of [`Site::source`], from 1.
    pub line: u32,
    /// Its column, as `column!()` gives it.
    pub column: u32,
    /// The guard or call as the user wrote it.
    pub source: &'static str,
}

/// Makes a site; written by the macro.
#[must_use]
pub const fn site(
    index: u32,
    kind: SiteKind,
    function: &'static str,
    file: &'static str,
    line: u32,
    column: u32,
    source: &'static str,
) -> Site {
    Site {
        index,
        kind,
        function,
        file,
        line,
        column,
        source,
    }
}

/// What a method is handed in place of a site where its caller has none: nothing
/// is noted there.
pub static NO_SITE: Site = site(0, SiteKind::Less, "", "", 0, 0, "");

/// `src/model.rs:12:9: x.max(0.0)`
impl fmt::Display for Site {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{}: {}",
            self.file, self.line, self.column, self.source
        )
    }
}

/// What the constructs have in common.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// A condition of the user's program.
    Guard,
    /// A continuous primitive with a kink.
    Kink,
    /// A primitive with jumps.
    Jump,
    /// A primitive with points where it has no conservative field.
    Singular,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $group:ident $name:literal,)*) => {
        /// The construct of a site.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[cfg_attr(feature = "serde", derive(serde::Serialize))]
        #[non_exhaustive]
        pub enum SiteKind {
            $($(#[$doc])* $kind,)*
        }

        impl SiteKind {
            const fn group(self) -> Group {
                match self {
                    $(SiteKind::$kind => Group::$group,)*
                }
            }

            /// The operator or method, as it is written in Rust.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self {
                    $(SiteKind::$kind => $name,)*
                }
            }
        }
    };
}

kinds! {
    /// `<` of floats.
    Less Guard "<",
    /// `<=` of floats.
    LessEqual Guard "<=",
    /// `>` of floats.
    Greater Guard ">",
    /// `>=` of floats.
    GreaterEqual Guard ">=",
    /// `==` of floats.
    Equal Guard "==",
    /// `!=` of floats.
    NotEqual Guard "!=",
    /// `partial_cmp` of floats.
    PartialCmp Guard "partial_cmp",
    /// `total_cmp` of floats.
    TotalCmp Guard "total_cmp",
    /// `is_sign_positive` of a float.
    IsSignPositive Guard "is_sign_positive",
    /// `is_sign_negative` of a float.
    IsSignNegative Guard "is_sign_negative",
    /// A float-to-integer cast.
    Cast Jump "as",
    /// `max`.
    Max Kink "max",
    /// `min`.
    Min Kink "min",
    /// `abs`.
    Abs Kink "abs",
    /// `abs_sub`.
    AbsSub Kink "abs_sub",
    /// `clamp`.
    Clamp Kink "clamp",
    /// `hypot`.
    Hypot Kink "hypot",
    /// `relu`.
    Relu Kink "relu",
    /// `leaky_relu`.
    LeakyRelu Kink "leaky_relu",
    /// `smooth_abs`, noted only where it is not smooth.
    SmoothAbs Kink "smooth_abs",
    /// `norm`.
    Norm Kink "norm",
    /// The greatest of many floats: `max_of`, `fold(c, f64::max)`.
    MaxOf Kink "max_of",
    /// The least of many floats: `min_of`, `fold(c, f64::min)`.
    MinOf Kink "min_of",
    /// A sort by floats: one selection for each pair of neighbours.
    Sort Kink "sort",
    /// `median`.
    Median Kink "median",
    /// `argmax`.
    ArgMax Jump "argmax",
    /// `floor`.
    Floor Jump "floor",
    /// `ceil`.
    Ceil Jump "ceil",
    /// `round`.
    Round Jump "round",
    /// `round_ties_even`.
    RoundTiesEven Jump "round_ties_even",
    /// `trunc`.
    Trunc Jump "trunc",
    /// `fract`.
    Fract Jump "fract",
    /// `signum`.
    Signum Jump "signum",
    /// `copysign`.
    Copysign Jump "copysign",
    /// `%`.
    Rem Jump "%",
    /// `rem_euclid`.
    RemEuclid Jump "rem_euclid",
    /// `div_euclid`.
    DivEuclid Jump "div_euclid",
    /// Division by an active value.
    Div Singular "/",
    /// `recip`.
    Recip Singular "recip",
    /// `sqrt`.
    Sqrt Singular "sqrt",
    /// `cbrt`.
    Cbrt Singular "cbrt",
    /// `powi`.
    Powi Singular "powi",
    /// `powf`.
    Powf Singular "powf",
    /// `ln`.
    Ln Singular "ln",
    /// `log`.
    Log Singular "log",
    /// `log2`.
    Log2 Singular "log2",
    /// `log10`.
    Log10 Singular "log10",
    /// `ln_1p`.
    Ln1p Singular "ln_1p",
    /// `asin`.
    Asin Singular "asin",
    /// `acos`.
    Acos Singular "acos",
    /// `acosh`.
    Acosh Singular "acosh",
    /// `atanh`.
    Atanh Singular "atanh",
    /// `atan2`.
    Atan2 Singular "atan2",
}

impl SiteKind {
    /// A condition of the program itself, not a primitive.
    #[must_use]
    pub const fn is_guard(self) -> bool {
        matches!(self.group(), Group::Guard)
    }

    /// What a tie at a site of this kind does to the verdict.
    pub(crate) const fn at_tie(self) -> Verdict {
        match self.group() {
            Group::Guard | Group::Kink => Verdict::Tied,
            Group::Jump => Verdict::Jump,
            Group::Singular => Verdict::NotLipschitz,
        }
    }

    /// A primitive that is discontinuous at its ties.
    #[must_use]
    pub const fn is_jump(self) -> bool {
        matches!(self.group(), Group::Jump)
    }

    /// A primitive without conservative field at its singular points. A run
    /// records it only when it is at one, and it does not enter `min_margin`.
    #[must_use]
    pub const fn is_singular(self) -> bool {
        matches!(self.group(), Group::Singular)
    }
}

impl fmt::Display for SiteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As the macro writes it.
    const SITES: &[Site] = &[site(
        0,
        SiteKind::Max,
        "relu",
        "src/a.rs",
        3,
        5,
        "x.max(0.0)",
    )];

    #[test]
    fn sites_are_constants_that_print_as_positions() {
        let first: &'static Site = &SITES[0];
        assert_eq!(first.to_string(), "src/a.rs:3:5: x.max(0.0)");
        assert_eq!(
            format!("{:>5}|{}", SiteKind::Less, SiteKind::Ln1p),
            "    <|ln_1p"
        );
    }

    #[test]
    fn kinds_are_grouped() {
        assert!(SiteKind::Equal.is_guard());
        assert!(SiteKind::Cast.is_jump() && !SiteKind::Cast.is_guard());
        assert!(SiteKind::Div.is_singular() && !SiteKind::Max.is_singular());
    }
}
