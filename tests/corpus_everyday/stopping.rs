//! Consumers that end with the first element that fails.

use ad_runtime::conservative_grad;
use twin::{program, twin};

#[twin]
#[conservative_grad]
fn square(x: f64) -> Result<f64, String> {
    if x < -50.0 {
        return Err("small".to_string());
    }
    Ok(x * x)
}

#[program(xs[5])]
#[conservative_grad]
fn a_sum_that_may_stop(xs: &[f64]) -> f64 {
    let sum = |limit: f64| {
        xs.iter()
            .try_fold(0.0, |s, &x| if s > limit { None } else { Some(s + x * x) })
    };
    sum(100.0).unwrap_or(1.0) + sum(0.1).unwrap_or(xs[1])
}

#[program(xs[5])]
#[conservative_grad]
fn value_of_a_product_with_a_fault(xs: &[f64]) -> f64 {
    a_product_with_a_fault(xs).unwrap_or(1.0) * xs[0]
}

#[twin]
#[conservative_grad]
fn a_product_with_a_fault(xs: &[f64]) -> Result<f64, String> {
    let p = xs.iter().try_fold(1.0, |p, &x| {
        if x < -100.0 {
            return Err("bad".to_string());
        }
        let y = square(x)?;
        Ok(p * (1.0 + y))
    })?;
    Ok(p * p)
}

#[program(xs[5])]
#[conservative_grad]
fn value_of_each_is_tried(xs: &[f64]) -> f64 {
    each_is_tried(xs).unwrap_or(1.0) * xs[0]
}

#[twin]
#[conservative_grad]
fn each_is_tried(xs: &[f64]) -> Result<f64, String> {
    let mut s = 0.0;
    xs.iter().try_for_each(|&x| {
        s += x * x * s + x;
        if s > 1e6 {
            Err("large".to_string())
        } else {
            Ok(())
        }
    })?;
    Ok(s)
}

#[program(xs[5])]
#[conservative_grad]
fn tried_in_parts(xs: &[f64]) -> f64 {
    let mut it = xs.iter();
    let mut last = 0.0;
    let stopped = it.try_for_each(|x| {
        last = x * x;
        if *x > 0.5 { None } else { Some(()) }
    });
    let rest = it.sum::<f64>();
    if stopped.is_none() { last * rest } else { last }
}

#[program(xs[4])]
#[conservative_grad]
fn value_of_collected(xs: &[f64]) -> f64 {
    collected(xs).unwrap_or(1.0) * xs[0]
}

#[twin]
#[conservative_grad]
fn collected(xs: &[f64]) -> Result<f64, String> {
    let v: Result<Vec<f64>, String> = xs.iter().map(|&x| square(x)).collect();
    let v = v?;
    let w = xs
        .iter()
        .map(|x| square(*x * 2.0))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(v[0] * w[1] + v[3] * w[2])
}

#[program(xs[4])]
#[conservative_grad]
fn collected_or_not(xs: &[f64]) -> f64 {
    let all: Option<Vec<f64>> = xs
        .iter()
        .map(|&x| if x > -9.0 { Some(x * x) } else { None })
        .collect();
    let some: Option<Vec<f64>> = xs
        .iter()
        .map(|&x| if x > 0.5 { Some(x * x) } else { None })
        .collect();
    match (all, some) {
        (Some(all), Some(some)) => all[0] * some[1],
        (Some(all), None) => all[1] * all[2],
        _ => xs[0],
    }
}

#[program(xs[4])]
#[conservative_grad]
fn value_of_totals(xs: &[f64]) -> f64 {
    totals(xs).unwrap_or(1.0) * xs[0]
}

#[twin]
#[conservative_grad]
fn totals(xs: &[f64]) -> Result<f64, String> {
    let s = xs.iter().map(|&x| square(x)).sum::<Result<f64, _>>()?;
    let p: Result<f64, String> = xs.iter().map(|&x| square(x + 1.0)).product();
    Ok(p? + s * s)
}
