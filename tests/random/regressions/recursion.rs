//! Recursive functions.

use ad_runtime::conservative_grad;
use twin::{program, twin};

/// Passes its own `&mut` parameter on: markers of activity must not nest with every call.
#[twin]
#[conservative_grad]
fn squares(y: &mut [f64], n: usize) {
    if n == 0 {
        return;
    }
    squares(y, n - 1);
    y[0] = y[0] * y[0];
}

#[program(y[2])]
#[conservative_grad]
fn parameter_passed_on(y: &mut [f64]) -> f64 {
    squares(y, 2);
    y[0] * y[1]
}
