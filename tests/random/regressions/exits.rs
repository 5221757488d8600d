//! Exits from blocks whose values they leave out.

// The point is the construct, not the best way to write the function.
#![allow(clippy::all, unused)]

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn pair(x: f64, n: usize) -> (f64, f64) {
    if n == 0 {
        return (x * x, x);
    }
    pair(x.sin(), n - 1)
}

/// The value of the inner block has a type that only rustc knows, and a path leaves it
/// without one: the reverse sweep is handed its shape all the same.
#[program]
#[conservative_grad]
fn value_left_out(x: f64) -> f64 {
    let (a, mut b) = pair(x, 1);
    if x > 0.1 {
        b += x;
    } else {
        'outer: {
            if x < -0.5 {
                return b + 0.3 * x;
            }
            {
                let r = &a;
                let v = 'inner: {
                    b = (*r * *r + 0.2).ln().cos();
                    if !(a + 0.23 >= 0.37) {
                        break 'outer;
                    }
                    a
                };
            }
        }
        b += (x * 0.1).sin();
    }
    b * a
}
