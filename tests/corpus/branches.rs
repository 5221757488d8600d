//! `if`, `match`, early `return`.

use ad_runtime::conservative_grad;
use twin::program;

#[program()]
#[conservative_grad]
fn two_pieces(x: f64) -> f64 {
    if x > 0.0 { x * x } else { -x }
}

#[program()]
#[conservative_grad]
fn huber(x: f64) -> f64 {
    if x.abs() <= 1.0 {
        0.5 * x * x
    } else {
        x.abs() - 0.5
    }
}

#[program()]
#[conservative_grad]
fn chain(x: f64, y: f64) -> f64 {
    if x < -0.5 {
        y * y
    } else if x < 0.5 {
        x * y
    } else if y >= 0.0 {
        x - y
    } else {
        x.sin()
    }
}

#[program()]
#[conservative_grad]
fn branch_as_statement(x: f64, y: f64) -> f64 {
    let mut s = x * y;
    if x > y {
        s *= s;
    }
    if s < 0.0 {
        s = -s;
    } else {
        s += x;
    }
    s * y
}

#[program()]
#[conservative_grad]
fn deferred_in_arms(x: f64, y: f64) -> f64 {
    let z;
    let w: f64;
    if x > y {
        z = x * x;
        w = y;
    } else {
        z = y.exp();
        w = z * x;
    }
    z * w
}

#[program()]
#[conservative_grad]
fn connectives(x: f64, y: f64) -> f64 {
    let inside = x > -1.0 && x < 1.0 && !(y > 0.5);
    if inside || y < -1.0 { x * y } else { x + y * y }
}

#[program()]
#[conservative_grad]
fn returns_early(x: f64, y: f64) -> f64 {
    if x < 0.0 {
        return x * y;
    }
    let z = x * x;
    if y < 0.0 {
        return z + y;
    }
    z * y
}

#[program()]
#[conservative_grad]
fn returns_from_nested(x: f64, y: f64) -> f64 {
    let mut s = x;
    if y > 0.0 {
        s = s * y;
        if s > 0.3 {
            return s * s;
        }
        s += 1.0;
    } else {
        if x > 0.0 {
            return s * y * y;
        }
    }
    s * 3.0
}

#[program(k = 2)]
#[conservative_grad]
fn matches_integer(x: f64, k: usize) -> f64 {
    match k {
        0 => x,
        1 | 2 => x * x,
        3..=5 => x.sin(),
        _ => 0.0,
    }
}

#[program(k = 5, flag = false)]
#[conservative_grad]
fn matches_tuple(x: f64, k: i32, flag: bool) -> f64 {
    let y = match (k, flag) {
        (0, _) => x,
        (n, true) if n > 2 => x * n as f64,
        (n, false) if n > 2 => {
            let t = x * x;
            t * n as f64
        }
        _ => 1.0,
    };
    y * x
}

#[program()]
#[conservative_grad]
fn matches_with_guards(x: f64, y: f64) -> f64 {
    let quadrant = match (x > 0.0, y > 0.0) {
        (true, true) => 1,
        (false, true) => 2,
        (false, false) => 3,
        (true, false) => 4,
    };
    match quadrant {
        1 => x * y,
        2 => x - y,
        3 => x.exp() * y,
        _ => y.cos(),
    }
}

#[program()]
#[conservative_grad]
fn branch_in_operand(x: f64, y: f64) -> f64 {
    x * (if y > 0.0 { y } else { 1.0 - y }) + (if x > y { x } else { y * y }) * y
}

#[program()]
#[conservative_grad]
fn equality(x: f64, y: f64) -> f64 {
    if x == 0.0 { y } else { x.sin() / x * y }
}

#[program()]
#[conservative_grad]
fn panics_elsewhere(x: f64) -> f64 {
    if x > 100.0 {
        panic!("too large: {x}");
    }
    let y = if x < 50.0 { x * x } else { unreachable!() };
    assert!(y >= 0.0, "a square");
    y + x
}

#[program()]
#[conservative_grad]
fn unused_arm_value(x: f64, y: f64) -> f64 {
    let mut last = 0.0;
    if x > 0.0 {
        last = x * y;
    }
    let kept = last;
    if y > 0.0 {
        last = y * y;
    }
    kept + last * x
}
