//! Source in, the sites out, in their order.

use crate::transform::stages::{same, stage_with};

#[track_caller]
fn sites(args: &str, source: &str, expected: &str) {
    let stage = stage_with(args, source);
    let mut sites: Vec<_> = stage.sites.values().collect();
    sites.sort_by_key(|site| site.index);
    let line = |site: &&super::SiteInfo| format!("{} {}\n", site.kind, site.source);
    same(&sites.iter().map(line).collect::<String>(), expected);
}

#[test]
fn sites_stand_in_the_order_of_the_text() {
    sites(
        "",
        "fn f(x: f64, y: f64) -> f64 {
            let a = x.max(y).abs();
            if a < y { (a / x).floor() } else { a.sqrt() }
        }",
        "
            Max x.max(y)
            Abs x.max(y).abs()
            Less a < y
            Div a / x
            Floor (a / x).floor()
            Sqrt a.sqrt()
        ",
    );
}

#[test]
fn only_active_floats_decide() {
    sites(
        "wrt(x)",
        "fn f(x: f64, c: f64, k: usize) -> f64 {
            let mut s = c.abs();
            if c > 0.0 && k > 2 { s += x / c; }
            s + x % c + x.powi(3) + x.powi(-1) + (x as i32) as f64
        }",
        "
            Rem x % c
            Powi x.powi(-1)
            Cast x as i32
        ",
    );
}

#[test]
fn a_loop_has_one_site() {
    sites(
        "",
        "fn f(x: f64) -> f64 { let mut y = x; while y < 100.0 { y *= 2.0; } y }",
        "
            Less y < 100.0
        ",
    );
}
