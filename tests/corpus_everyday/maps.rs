//! Maps, sets and texts that no derivative reaches.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use ad_runtime::{conservative_grad, testing::check_grad};

#[conservative_grad(wrt(x))]
fn named(x: f64, map: &HashMap<String, f64>, key: &str) -> f64 {
    let a = map.get(key).copied().unwrap_or(1.5);
    let b = match map.get("b") {
        Some(b) => x * b,
        None => x,
    };
    let c = if map.contains_key(key) {
        map[key]
    } else {
        *map.get("z").unwrap_or(&0.5)
    };
    let d = map.get(key).map(|w| w * x).unwrap_or_else(|| x * x);
    if let Some(w) = map.get("b") {
        x * a * b + c * d * *w
    } else {
        x * c * d
    }
}

#[conservative_grad(wrt(xs))]
fn weighted(
    xs: &[f64],
    weights: &BTreeMap<usize, f64>,
    lists: &BTreeMap<usize, Vec<usize>>,
) -> f64 {
    let mut s = weights
        .iter()
        .map(|(&i, &w)| xs[i] * xs[i] * w)
        .sum::<f64>();
    for (k, list) in lists {
        for &i in list.iter() {
            s += xs[i] * *k as f64 * xs[*k];
        }
    }
    if let Some(list) = lists.get(&1) {
        for i in list {
            s *= xs[*i];
        }
    }
    s + weights.values().sum::<f64>() * weights.keys().map(|k| xs[*k]).product::<f64>()
}

#[conservative_grad(wrt(xs))]
fn chosen(xs: &[f64], set: &BTreeSet<usize>, text: &str) -> f64 {
    let mut s = 1.0;
    for &i in set {
        s += xs[i] * xs[i];
    }
    for c in text.chars() {
        if c == 'x' {
            s *= xs[0];
        } else {
            s += xs[1] * s;
        }
    }
    if set.contains(&1) { s * xs[1] } else { s }
}

#[conservative_grad(wrt(x))]
fn by_an_active_key(x: f64, map: &BTreeMap<usize, f64>) -> f64 {
    let a = map.get(&(x.floor() as usize)).copied().unwrap_or(0.5);
    x * x * a
}

#[conservative_grad(wrt(x))]
fn missing(x: f64, map: &BTreeMap<usize, f64>) -> Result<f64, String> {
    let w = map.get(&3).ok_or_else(|| "3".to_string())?;
    let u = map.get(&4).ok_or("4".to_string())?;
    Ok(x * x * w * u)
}

struct Table {
    weights: Vec<f64>,
}

#[conservative_grad(wrt(xs))]
fn beside_a_field(xs: &[f64], table: &Table) -> f64 {
    let a = table
        .weights
        .iter()
        .zip(xs)
        .map(|(w, x)| x * x * w)
        .sum::<f64>();
    let b = xs
        .iter()
        .zip(&table.weights)
        .map(|(x, w)| x * w)
        .sum::<f64>();
    a * b * table.weights.iter().sum::<f64>()
}

#[derive(Default)]
struct Settings {
    table: HashMap<String, f64>,
    weights: Vec<f64>,
    ids: BTreeMap<usize, f64>,
}

#[conservative_grad(wrt(x))]
fn of_fields(x: f64, s: &Settings) -> f64 {
    let k = s.table.get("a").copied().unwrap_or(2.0);
    let w = s.weights.get(1).copied().unwrap_or(1.0);
    let id = match s.ids.get(&3) {
        Some(id) => x * *id,
        None => x * x,
    };
    id * k * w * s.table["b"]
}

#[conservative_grad]
fn of_a_text(x: f64, name: &str) -> Result<f64, String> {
    match name {
        "sin" => Ok(x.sin()),
        "sq" | "square" => Ok(x * x),
        other => Err(format!("unknown {other}: {:?}", name)),
    }
}

#[test]
fn fields_that_are_maps_and_texts() {
    let mut settings = Settings {
        weights: vec![1.0, 2.0],
        ..Settings::default()
    };
    settings.table.insert("b".to_string(), 3.0);
    assert_eq!(of_fields::grad(0.5, &settings), (3.0, 12.0));
    settings.ids.insert(3, 5.0);
    assert_eq!(of_fields::grad(0.5, &settings), (30.0, 60.0));
    assert_eq!(of_a_text::grad(3.0, "square"), Ok((9.0, 6.0)));
    let fault = of_a_text::grad(3.0, "tan");
    assert_eq!(fault, Err("unknown tan: \"tan\"".to_string()));
}

fn names() -> HashMap<String, f64> {
    [("a".to_string(), 2.0), ("b".to_string(), 3.0)].into()
}

#[test]
fn what_is_looked_up_by_name() {
    let map = names();
    for key in ["a", "b", "c"] {
        for x in [0.5, 1.25] {
            check_grad(|x| named(x, &map, key), |x| named::grad(x, &map, key), x).assert_ok();
            let (value, tangent) = named::jvp(x, 1.0, &map, key);
            assert_eq!((value, tangent), named::grad(x, &map, key));
        }
    }
}

#[test]
fn what_is_run_through() {
    let weights: BTreeMap<usize, f64> = [(0, 1.5), (2, 2.5)].into();
    let lists: BTreeMap<usize, Vec<usize>> = [(1, vec![0, 2]), (2, vec![1, 1, 3])].into();
    let xs = vec![0.7, 1.5, -1.25, 2.0];
    check_grad(
        |xs: &[f64]| weighted(xs, &weights, &lists),
        |xs: &[f64]| weighted::grad(xs, &weights, &lists),
        &xs[..],
    )
    .assert_ok();
    let set: BTreeSet<usize> = [1, 3].into();
    check_grad(
        |xs: &[f64]| chosen(xs, &set, "xyx"),
        |xs: &[f64]| chosen::grad(xs, &set, "xyx"),
        &xs[..],
    )
    .assert_ok();
    let table = Table {
        weights: vec![1.0, 2.0, 3.0, -1.0],
    };
    check_grad(
        |xs: &[f64]| beside_a_field(xs, &table),
        |xs: &[f64]| beside_a_field::grad(xs, &table),
        &xs[..],
    )
    .assert_ok();
}

#[test]
fn a_key_may_be_decided_by_floats() {
    let map: BTreeMap<usize, f64> = [(3, 1.5)].into();
    let (value, gradient, trace) = by_an_active_key::grad_trace(3.5, &map);
    assert_eq!((value, gradient), (3.5 * 3.5 * 1.5, 2.0 * 3.5 * 1.5));
    assert_eq!(trace.selections().len(), 1);
    assert_eq!(by_an_active_key::grad(2.5, &map), (2.5 * 2.5 * 0.5, 2.5));
}

#[test]
fn a_missing_key_is_a_fault() {
    let map: BTreeMap<usize, f64> = [(3, 1.5)].into();
    assert_eq!(missing::grad(2.0, &map), Err("4".to_string()));
    let map: BTreeMap<usize, f64> = [(3, 1.5), (4, 2.0)].into();
    assert_eq!(missing::grad(2.0, &map), Ok((12.0, 12.0)));
}
