//! Facts about automatic differentiation of nonsmooth programs: `cargo run --example nonsmooth`.
//!
//! The same function, written differently, has different derivatives at a kink; a function that is
//! zero everywhere may have derivative one. Each answer is an element of a conservative field of
//! the *program*, and the trace says that a tie was met.
//! (Bolte, Pauwels: *Conservative set valued fields, automatic differentiation, stochastic gradient
//! methods and deep learning*.)

use ad_runtime::{Left, Mean, MinNorm, Right, Trace, conservative_grad};

/// The rectifier.
#[conservative_grad]
fn relu(t: f64) -> f64 {
    t.max(0.0)
}

/// The rectifier again.
#[conservative_grad]
fn relu_shifted(t: f64) -> f64 {
    (-t).max(0.0) + t
}

/// And again: the mean of the two.
#[conservative_grad]
fn relu_averaged(t: f64) -> f64 {
    0.5 * (relu(t) + relu_shifted(t))
}

/// Zero everywhere.
#[conservative_grad]
fn zero(t: f64) -> f64 {
    relu_shifted(t) - relu(t)
}

/// The identity, with a derivative of zero at 0: an artificial critical point.
#[conservative_grad]
fn identity(t: f64) -> f64 {
    t - zero(t)
}

fn show(name: &str, value: f64, derivative: f64, trace: &Trace) {
    println!(
        "{name}: value {value}, derivative {derivative}, {}",
        trace.verdict()
    );
    for selection in trace.selections() {
        println!(
            "    {} in `{}`: piece {}, margin {}",
            selection.site.source, selection.site.function, selection.piece, selection.margin,
        );
    }
}

/// `print!(f, g)`: value, derivative and trace of each at a point.
macro_rules! print {
    ($point:expr; $($name:ident)*) => {
        $(
            let (value, derivative, trace) = $name::grad_trace($point);
            show(stringify!($name), value, derivative, &trace);
        )*
    };
}

fn main() {
    println!("At 0, by the element of least norm at each tie:\n");
    print!(0.0; relu relu_shifted relu_averaged zero identity);
    println!("\nAt 1 all spellings agree, and the trace says why: no margin is zero.\n");
    print!(1.0; relu relu_shifted relu_averaged zero identity);
    println!("\nThe choice can be asked for: the derivative of `identity` at 0");
    println!("    min_norm {}", identity::grad_with::<MinNorm>(0.0).1);
    println!("    left     {}", identity::grad_with::<Left>(0.0).1);
    println!("    right    {}", identity::grad_with::<Right>(0.0).1);
    println!("    mean     {}", identity::grad_with::<Mean>(0.0).1);
}
