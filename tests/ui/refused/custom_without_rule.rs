use ad_runtime::{Site, conservative_grad, sites};

const SITES: &[Site] = sites!(f: Abs "x.abs()");

#[conservative_grad(custom(sites = SITES))]
fn f(x: f64) -> f64 {
    x.abs()
}

#[conservative_grad(custom)]
fn g(x: f64) -> f64 {
    x.abs()
}

#[conservative_grad(custom(vjp = h_vjp, hvp = h_hvp, trace = h_trace))]
fn h(x: f64) -> f64 {
    x.abs()
}

fn main() {}
