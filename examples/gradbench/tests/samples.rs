//! The shipped samples of the suite: outputs of independent implementations, met to 1e-10 of
//! the largest component. The suite's own tolerance is 1e-4.

use std::io::Read;
use std::path::Path;

use gradbench_tool::message;
use serde_json::{Value, json};

const TOLERANCE: f64 = 1e-10;

/// Runs each line of the file `name`; the functions in `refused` are those that the tool does not have.
fn check(name: &str, refused: &[&str]) {
    let lines = lines_of(name);
    let mut input = Value::Null;
    for (id, line) in lines.lines().enumerate() {
        let sample: Value = serde_json::from_str(line).unwrap();
        if !sample["input"].is_null() {
            input = sample["input"].clone();
        }
        let question = json!({
            "id": id,
            "kind": "evaluate",
            "module": sample["module"],
            "function": sample["function"],
            "input": input,
        });
        let answer: Value =
            serde_json::from_str(&message::answer(question.to_string().as_bytes())).unwrap();
        assert_eq!(answer["id"], id);
        let function = sample["function"].as_str().unwrap();
        if refused.contains(&function) {
            assert_eq!(answer["success"], false);
            assert!(!answer["error"].as_str().unwrap().is_empty());
            continue;
        }
        assert_eq!(answer["success"], true, "{}", answer["error"]);
        assert_eq!(answer["timings"].as_array().unwrap().len(), 1);
        same(
            &format!("{name}.{function}"),
            &answer["output"],
            &sample["output"],
        );
    }
}

fn lines_of(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let plain = folder.join(format!("{name}.jsonl"));
    if let Ok(text) = std::fs::read_to_string(plain) {
        return text;
    }
    let file = std::fs::File::open(folder.join(format!("{name}.jsonl.gz"))).unwrap();
    let mut text = String::new();
    flate2::read::GzDecoder::new(file)
        .read_to_string(&mut text)
        .unwrap();
    text
}

/// Objects field by field, everything else as one list of numbers.
fn same(path: &str, found: &Value, expected: &Value) {
    if let (Value::Object(found), Value::Object(expected)) = (found, expected) {
        let keys = |object: &serde_json::Map<String, Value>| {
            let mut keys: Vec<String> = object.keys().cloned().collect();
            keys.sort();
            keys
        };
        assert_eq!(keys(found), keys(expected), "{path}");
        for (key, value) in expected {
            same(&format!("{path}.{key}"), &found[key], value);
        }
        return;
    }
    let (mut a, mut b) = (Vec::new(), Vec::new());
    numbers(found, &mut a);
    numbers(expected, &mut b);
    assert_eq!(shape(found), shape(expected), "{path}");
    let largest = b.iter().fold(0.0, |m: f64, v| m.max(v.abs()));
    for (i, (a, b)) in a.iter().zip(&b).enumerate() {
        let error = (a - b).abs();
        assert!(
            error <= TOLERANCE * largest,
            "{path}, number {i}: {a}, expected {b}"
        );
    }
}

fn numbers(value: &Value, list: &mut Vec<f64>) {
    match value {
        Value::Array(values) => values.iter().for_each(|v| numbers(v, list)),
        value => list.push(value.as_f64().unwrap()),
    }
}

/// The lengths of nested lists.
fn shape(value: &Value) -> String {
    match value {
        Value::Array(values) => {
            let mut shapes: Vec<String> = values.iter().map(shape).collect();
            shapes.dedup();
            format!("[{} of {}]", values.len(), shapes.join(", "))
        }
        _ => "number".to_string(),
    }
}

#[test]
fn hello() {
    check("hello", &[]);
}

#[test]
fn gmm() {
    check("gmm", &[]);
}

#[test]
fn ba() {
    check("ba", &[]);
}

#[test]
fn ht() {
    check("ht", &[]);
}

#[test]
fn lstm() {
    check("lstm", &[]);
}

#[test]
fn det() {
    check("det", &[]);
}

#[test]
fn kmeans() {
    check("kmeans", &["dir"]);
}

#[test]
fn llsq() {
    check("llsq", &[]);
}

#[test]
fn lse() {
    check("lse", &[]);
}

#[test]
fn ode() {
    check("ode", &[]);
}
