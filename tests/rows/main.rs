//! Each row of the compiler's table of derivatives against computations that do
//! not use it.
//!
//! The table is read here as plain functions: `value` calls the function itself,
//! `partials` runs the expressions of the row (for selections the runtime's
//! weights). They are compared with extrapolated differences inside the pieces,
//! and with known values at special points. Differences cannot judge a tie, a
//! jump or a singular point: those are the subject of `special` and of the tests
//! of the runtime.

mod differences;
mod domain;
mod special;

/// One row of the table as functions of `f64`; integer operands are converted.
pub struct Plain {
    pub name: &'static str,
    pub operands: usize,
    pub value: fn(&[f64]) -> f64,
    /// One for each float operand.
    pub partials: fn(&[f64]) -> Vec<f64>,
}

/// Reads the table as functions. The type of floats is what `F` is there.
macro_rules! rows {
    (@convert $x:expr) => { $x as F };
    (@convert $x:expr, $int:ident) => { $x as $int };
    (@value [helper] $name:ident $x:ident $($param:ident)*) => { $name($x $(, $param)*) };
    (@value [$($flag:ident)*] $name:ident $x:ident $($param:ident)*) => { $x.$name($($param),*) };
    (@partials $name:ident [$($param:ident)+]) => {
        weight::$name(Select::<MinNorm, Off>::default(), &mut Tape::new(), [$(on($param)),+], [$($param),+])
    };
    (@partials $name:ident [$($param:ident)+] $($partial:expr)+) => { [$($partial),+] };
    ($(
        $name:ident ( $first:ident $(, $param:ident $(: $int:ident)?)* ) => $result:ident :
        $kind:ident $(($site:ident))? $(, $flag:ident)* $({ [ $($partial:expr),+ ] })? ;
    )+) => {
        pub const ROWS: &[super::Plain] = &[$(super::Plain {
            name: stringify!($name),
            operands: [stringify!($first) $(, stringify!($param))*].len(),
            value: |args| {
                let mut args = args.iter();
                let $first = *args.next().unwrap() as F;
                $(let $param = rows!(@convert *args.next().unwrap() $(, $int)?);)*
                f64::from(rows!(@value [$($flag)*] $name $first $($param)*))
            },
            partials: |args| {
                let mut args = args.iter();
                let $first = *args.next().unwrap() as F;
                $(let $param = rows!(@convert *args.next().unwrap() $(, $int)?);)*
                let $result: F = rows!(@value [$($flag)*] $name $first $($param)*);
                let partials: [F; _] = rows!(@partials $name [$first $($param)*] $($($partial)+)?);
                partials.map(f64::from).to_vec()
            },
        }),+];
    };
}

macro_rules! table_of {
    ($($float:ident)+) => {$(
        #[allow(
            unused_variables,
            deprecated,
            clippy::approx_constant,
            clippy::excessive_precision,
            clippy::unnecessary_cast,
            clippy::useless_conversion,
            reason = "the table is written for both widths, and each row uses what it needs"
        )]
        pub mod $float {
            use std::ops::{Div, Rem};

            use ad_runtime::MinNorm;
            use ad_runtime::Tape;
            use ad_runtime::__private::partial::*;
            use ad_runtime::__private::{Methods as _, Off, Select, weight};

            type F = $float;

            /// All operands of a selection are active.
            fn on(_: F) -> bool {
                true
            }

            include!("../../ad-macros/src/rules/table.rs");
        }
    )+};
}

table_of!(f32 f64);

#[test]
fn every_row_has_a_domain_and_every_domain_a_row() {
    let rows: Vec<_> = f64::ROWS.iter().map(|row| row.name).collect();
    for row in &rows {
        assert!(
            domain::DOMAINS.iter().any(|d| d.0 == *row),
            "`{row}` is untested: give it a domain"
        );
    }
    for (name, _) in domain::DOMAINS {
        assert!(rows.contains(name), "`{name}` has a domain and no row");
    }
}

#[test]
fn partials_agree_with_differences() {
    for (row, point) in domain::points() {
        let partials = (row.partials)(&point);
        for (k, partial) in partials.into_iter().enumerate() {
            let along = |t: f64| {
                let mut moved = point.clone();
                moved[k] = t;
                (row.value)(&moved)
            };
            let estimate = differences::derivative(along, point[k]);
            estimate.assert_is(
                partial,
                &format!("`{}`, partial {k} at {point:?}", row.name),
            );
        }
    }
}

#[test]
fn the_table_fits_f32() {
    for (row, point) in domain::points() {
        let narrow = f32::ROWS
            .iter()
            .find(|narrow| narrow.name == row.name)
            .unwrap();
        // The same point for both widths.
        let point: Vec<f64> = point.iter().map(|x| f64::from(*x as f32)).collect();
        for (wide, narrow) in (row.partials)(&point)
            .into_iter()
            .zip((narrow.partials)(&point))
        {
            let off = (wide - narrow).abs();
            assert!(
                off <= 2e-4 * (1.0 + wide.abs()),
                "`{}` at {point:?}: {narrow}, {wide}",
                row.name
            );
        }
    }
}
