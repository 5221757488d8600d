//! Bad input: each message is answered with the field at fault, and the process goes on.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

/// The answers of one process to the lines, one for each.
fn session(lines: &[String]) -> Vec<Value> {
    let mut process = Command::new(env!("CARGO_BIN_EXE_gradbench-tool"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = process.stdin.take().unwrap();
    for line in lines {
        writeln!(input, "{line}").unwrap();
    }
    drop(input);
    let output = process.wait_with_output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    let answers: Vec<Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(answers.len(), lines.len());
    answers
}

fn evaluate(id: u32, module: &str, function: &str, input: &str) -> String {
    format!(
        r#"{{"id":{id},"kind":"evaluate","module":"{module}","function":"{function}","input":{input}}}"#
    )
}

#[test]
fn a_session() {
    let answers = session(&[
        json!({"id": 0, "kind": "start", "eval": "hello", "config": {"a": [1]}}).to_string(),
        json!({"id": 1, "kind": "define", "module": "hello"}).to_string(),
        evaluate(2, "hello", "square", "3"),
        evaluate(3, "hello", "double", "9.0"),
        json!({"id": 4, "kind": "analysis", "of": 2, "valid": true}).to_string(),
        json!({"id": 5, "kind": "end"}).to_string(),
        json!({"id": 6, "kind": "define", "module": "saddle"}).to_string(),
        json!({"id": 7, "kind": "define", "module": "nothing"}).to_string(),
    ]);
    assert_eq!(answers[0], json!({"id": 0, "tool": "conservative-grad"}));
    assert_eq!(answers[1], json!({"id": 1, "success": true}));
    assert_eq!(answers[2]["output"], 9.0);
    assert_eq!(answers[3]["output"], 18.0);
    assert_eq!(answers[3]["timings"][0]["name"], "evaluate");
    assert!(answers[3]["timings"][0]["nanoseconds"].is_u64());
    assert_eq!(answers[4], json!({"id": 4}));
    assert_eq!(answers[5], json!({"id": 5}));
    for (answer, name) in [(&answers[6], "saddle"), (&answers[7], "nothing")] {
        assert_eq!(answer["success"], false);
        assert!(answer["error"].as_str().unwrap().contains(name));
    }
}

#[test]
fn runs() {
    let answers = session(&[
        evaluate(
            0,
            "lse",
            "primal",
            r#"{"x":[1.0,2.0],"min_runs":5,"min_seconds":0}"#,
        ),
        evaluate(
            1,
            "lse",
            "gradient",
            r#"{"x":[1.0,2.0],"min_runs":1,"min_seconds":0.01}"#,
        ),
    ]);
    assert_eq!(answers[0]["timings"].as_array().unwrap().len(), 5);
    let total: u64 = answers[1]["timings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|timing| timing["nanoseconds"].as_u64().unwrap())
        .sum();
    assert!(total >= 10_000_000);
}

const GMM: &str = r#"{"d":2,"k":1,"n":1,"x":[[1.0,2.0]],"m":0,"gamma":1.0,"alpha":[0.0],"mu":[[0.0,0.0]],"q":[[0.0,0.0]],"l":[[0.0]]}"#;
const LSTM: &str = r#"{"main_params":[[1.0,1.0,1.0,1.0],[1.0,1.0,1.0,1.0]],"extra_params":[[1.0],[1.0],[1.0]],"state":[[1.0],[1.0]],"sequence":[[1.0],[0.0]]}"#;
const BA: &str =
    r#"{"n":1,"m":1,"p":1,"cam":[0.1,0.2,0.3,0,0,0,1,0,0,0,0],"x":[1,2,3],"w":0.5,"feat":[0,0]}"#;
const DET: &str = r#"{"A":[1.0,2.0,3.0,4.0],"ell":2}"#;
const KMEANS: &str = r#"{"points":[[1.0,2.0]],"centroids":[[0.0,0.0]]}"#;
const LLSQ: &str = r#"{"x":[1.0,2.0],"n":3}"#;
const LSE: &str = r#"{"x":[1.0,2.0]}"#;
const ODE: &str = r#"{"x":[1.0,2.0],"s":3}"#;

/// Each fault is put into an input that is right; the error names the field.
#[test]
fn faults_name_the_field() {
    let ht = hand();
    let faults: &[(&str, &str, &str, &str, &str, &str)] = &[
        ("gmm", "jacobian", GMM, r#""d":2"#, r#""d":-2"#, "`d`"),
        ("gmm", "jacobian", GMM, r#""d":2"#, r#""d":0"#, "`d`"),
        (
            "gmm",
            "jacobian",
            GMM,
            r#""d":2"#,
            r#""d":99999999999"#,
            "`d`",
        ),
        ("gmm", "objective", GMM, r#""d":2"#, r#""d":3"#, "`mu[0]`"),
        ("gmm", "objective", GMM, r#""k":1"#, r#""k":2"#, "`alpha`"),
        ("gmm", "objective", GMM, r#""n":1"#, r#""n":2"#, "`x`"),
        ("gmm", "objective", GMM, r#""m":0,"#, "", "`m`"),
        ("gmm", "objective", GMM, r#""m":0"#, r#""m":1.5"#, "`m`"),
        (
            "gmm",
            "objective",
            GMM,
            r#""gamma":1.0"#,
            r#""gamma":0.0"#,
            "`gamma`",
        ),
        (
            "gmm",
            "objective",
            GMM,
            r#""gamma":1.0"#,
            r#""gamma":NaN"#,
            "`gamma`",
        ),
        (
            "gmm",
            "objective",
            GMM,
            r#"[[1.0,2.0]]"#,
            r#"[[1.0,Infinity]]"#,
            "`x[0][1]`",
        ),
        (
            "gmm",
            "objective",
            GMM,
            r#"[[1.0,2.0]]"#,
            r#"[[1.0,1e999]]"#,
            "`x[0][1]`",
        ),
        (
            "gmm",
            "objective",
            GMM,
            r#""q":[[0.0,0.0]]"#,
            r#""q":[[0.0]]"#,
            "`q[0]`",
        ),
        (
            "gmm",
            "objective",
            GMM,
            r#""l":[[0.0]]"#,
            r#""l":[]"#,
            "`l`",
        ),
        (
            "gmm",
            "objective",
            GMM,
            r#""l":[[0.0]]"#,
            r#""l":"text""#,
            "`l`",
        ),
        (
            "lstm",
            "jacobian",
            LSTM,
            r#"[[1.0],[0.0]]"#,
            r#"[]"#,
            "`sequence.length`",
        ),
        (
            "lstm",
            "jacobian",
            LSTM,
            r#"[[1.0],[0.0]]"#,
            r#"[[],[]]"#,
            "`sequence[0].length`",
        ),
        (
            "lstm",
            "jacobian",
            LSTM,
            r#"[[1.0],[0.0]]"#,
            r#"[[1.0],[]]"#,
            "`sequence[1]`",
        ),
        (
            "lstm",
            "jacobian",
            LSTM,
            r#","extra_params":[[1.0],[1.0],[1.0]]"#,
            "",
            "`extra_params`",
        ),
        (
            "lstm",
            "jacobian",
            LSTM,
            r#""extra_params":[[1.0],[1.0],"#,
            r#""extra_params":[[1.0],"#,
            "`extra_params`",
        ),
        (
            "lstm",
            "jacobian",
            LSTM,
            r#""state":[[1.0],[1.0]]"#,
            r#""state":[[1.0]]"#,
            "`state`",
        ),
        (
            "lstm",
            "jacobian",
            LSTM,
            r#""main_params":[[1.0,1.0,1.0,1.0],"#,
            r#""main_params":["#,
            "`main_params.length`",
        ),
        ("ba", "jacobian", BA, r#""n":1"#, r#""n":0"#, "`n`"),
        ("ba", "jacobian", BA, r#""m":1"#, r#""m":1e3"#, "`m`"),
        (
            "ba",
            "jacobian",
            BA,
            r#""p":1"#,
            r#""p":10000000000000"#,
            "`p`",
        ),
        (
            "ba",
            "jacobian",
            BA,
            r#""cam":[0.1,"#,
            r#""cam":["#,
            "`cam`",
        ),
        (
            "ba",
            "jacobian",
            BA,
            r#""x":[1,2,3]"#,
            r#""x":[1,2,3,4]"#,
            "`x`",
        ),
        ("ba", "objective", BA, r#""w":0.5"#, r#""w":null"#, "`w`"),
        (
            "ba",
            "objective",
            BA,
            r#""feat":[0,0]"#,
            r#""feat":[0,-Infinity]"#,
            "`feat[1]`",
        ),
        ("det", "gradient", DET, r#""ell":2"#, r#""ell":3"#, "`A`"),
        ("det", "gradient", DET, r#""ell":2"#, r#""ell":0"#, "`ell`"),
        (
            "det",
            "gradient",
            DET,
            r#""ell":2"#,
            r#""ell":1000000"#,
            "`ell`",
        ),
        ("det", "primal", DET, r#""A""#, r#""B""#, "`A`"),
        (
            "kmeans",
            "cost",
            KMEANS,
            r#"[[1.0,2.0]]"#,
            "[]",
            "`points.length`",
        ),
        (
            "kmeans",
            "cost",
            KMEANS,
            r#"[[1.0,2.0]]"#,
            "[[]]",
            "`points[0].length`",
        ),
        (
            "kmeans",
            "cost",
            KMEANS,
            r#"[[0.0,0.0]]"#,
            "[[0.0]]",
            "`centroids[0]`",
        ),
        (
            "kmeans",
            "dir",
            KMEANS,
            r#"[[0.0,0.0]]"#,
            "[[0.0,0.0]]",
            "`dir`",
        ),
        (
            "llsq",
            "gradient",
            LLSQ,
            r#""x":[1.0,2.0]"#,
            r#""x":[]"#,
            "`x.length`",
        ),
        ("llsq", "gradient", LLSQ, r#""n":3"#, r#""n":1"#, "`n`"),
        (
            "llsq",
            "gradient",
            LLSQ,
            r#""n":3"#,
            r#""n":18446744073709551615"#,
            "`n`",
        ),
        ("llsq", "gradient", LLSQ, r#""n":3"#, r#""n":true"#, "`n`"),
        ("lse", "gradient", LSE, "[1.0,2.0]", "[]", "`x.length`"),
        ("lse", "gradient", LSE, "[1.0,2.0]", "[NaN,2.0]", "`x[0]`"),
        (
            "lse",
            "gradient",
            LSE,
            "[1.0,2.0]",
            r#"[1.0,"2.0"]"#,
            "`x[1]`",
        ),
        (
            "lse",
            "primal",
            LSE,
            "[1.0,2.0]",
            r#"[1.0],"min_runs":-1"#,
            "`min_runs`",
        ),
        (
            "lse",
            "primal",
            LSE,
            "[1.0,2.0]",
            r#"[1.0],"min_runs":100000000000"#,
            "`min_runs`",
        ),
        (
            "lse",
            "primal",
            LSE,
            "[1.0,2.0]",
            r#"[1.0],"min_seconds":1e30"#,
            "`min_seconds`",
        ),
        (
            "lse",
            "primal",
            LSE,
            "[1.0,2.0]",
            r#"[1.0],"min_seconds":-1"#,
            "`min_seconds`",
        ),
        ("lse", "half", LSE, "[1.0,2.0]", "[1.0,2.0]", "`half`"),
        ("ode", "gradient", ODE, r#""s":3"#, r#""s":0"#, "`s`"),
        (
            "ode",
            "gradient",
            ODE,
            r#""s":3"#,
            r#""s":90000000000"#,
            "`s`",
        ),
        ("ode", "gradient", ODE, "[1.0,2.0]", "[]", "`x.length`"),
        (
            "ode",
            "primal",
            ODE,
            "[1.0,2.0]",
            "[1e300,1e300]",
            "not finite",
        ),
        (
            "hello",
            "square",
            "3.0",
            "3.0",
            r#""three""#,
            "expected f64",
        ),
        ("hello", "cube", "3.0", "3.0", "3.0", "`cube`"),
        ("particle", "ff", "{}", "{}", "{}", "particle"),
        (
            "ht",
            "jacobian",
            &ht,
            r#""theta":[0.5,"#,
            r#""theta":["#,
            "`theta`",
        ),
        (
            "ht",
            "jacobian",
            &ht,
            r#""parents":[-1,"#,
            r#""parents":[0,"#,
            "`data.model.parents[0]`",
        ),
        (
            "ht",
            "jacobian",
            &ht,
            r#""parents":[-1,"#,
            r#""parents":["#,
            "`data.model.parents.length`",
        ),
        (
            "ht",
            "jacobian",
            &ht,
            r#""correspondences":[0]"#,
            r#""correspondences":[1]"#,
            "`data.correspondences`",
        ),
        (
            "ht",
            "jacobian",
            &ht,
            r#""triangles":[[0,1,2]]"#,
            r#""triangles":[[0,1,7]]"#,
            "`data.model.triangles`",
        ),
        (
            "ht",
            "jacobian",
            &ht,
            r#""triangles":[[0,1,2]]"#,
            r#""triangles":[[0,1]]"#,
            "`data.model.triangles[0]`",
        ),
        (
            "ht",
            "jacobian",
            &ht,
            r#""us":[[0.25,0.5]]"#,
            r#""us":[[0.25,0.5],[0,0]]"#,
            "`us`",
        ),
        (
            "ht",
            "jacobian",
            &ht,
            r#""us":[[0.25,0.5]]"#,
            r#""us":[[0.25]]"#,
            "`us[0]`",
        ),
        (
            "ht",
            "jacobian",
            &ht,
            r#""is_mirrored":false"#,
            r#""is_mirrored":0"#,
            "`data.model.is_mirrored`",
        ),
        (
            "ht",
            "jacobian",
            &ht,
            r#""points":[[1.0,1.0,1.0]]"#,
            r#""points":[]"#,
            "`data.points.length`",
        ),
    ];
    let mut lines = Vec::new();
    for (module, function, right, old, new, _) in faults {
        assert!(right.contains(old), "{old}");
        lines.push(evaluate(0, module, function, right));
        lines.push(evaluate(1, module, function, &right.replacen(old, new, 1)));
    }
    let answers = session(&lines);
    for ((module, function, _, _, new, field), pair) in faults.iter().zip(answers.chunks(2)) {
        let good = !["half", "cube", "dir", "ff"].contains(function);
        assert_eq!(pair[0]["success"], good, "{module}: {}", pair[0]["error"]);
        assert_eq!(pair[1]["id"], 1);
        assert_eq!(pair[1]["success"], false, "{module} {new}");
        let error = pair[1]["error"].as_str().unwrap();
        assert!(error.contains(field), "{module} {new}: {error}");
        assert!(!error.contains("panic"), "{module} {new}: {error}");
    }
}

#[test]
fn messages_that_are_none() {
    let answers = session(&[
        "{".to_string(),
        r#"{"id": 7, "kind": "evaluate", "module": "lse","#.to_string(),
        "[]".to_string(),
        r#"{"kind": "start"}"#.to_string(),
        r#"{"id": 4}"#.to_string(),
        r#"{"id": 5, "kind": "evaluate", "module": "lse", "function": "primal"}"#.to_string(),
        r#"{"id": 6, "kind": "evaluate", "function": "primal", "input": {}}"#.to_string(),
        r#"{"id": 8, "kind": "define"}"#.to_string(),
        format!(r#"{{"id": 9, "kind": {}"#, "[".repeat(100_000)),
        evaluate(10, "lse", "primal", LSE),
    ]);
    for answer in &answers[..9] {
        assert_eq!(answer["success"], false, "{answer}");
    }
    assert_eq!(answers[0]["id"], Value::Null);
    assert_eq!(answers[1]["id"], 7);
    assert_eq!(answers[4]["id"], 4);
    for (answer, field) in [
        (&answers[3], "`id`"),
        (&answers[4], "`kind`"),
        (&answers[5], "`input`"),
        (&answers[6], "`module`"),
        (&answers[7], "`module`"),
    ] {
        let error = answer["error"].as_str().unwrap();
        assert!(error.contains(field), "{error}");
    }
    assert_eq!(answers[9]["success"], true);
}

/// A hand of 22 bones that all follow the wrist, with one triangle.
fn hand() -> String {
    let list = |item: &str, n: usize| vec![item; n].join(",");
    let one = "[[1,0,0,0],[0,1,0,0],[0,0,1,0],[0,0,0,1]]";
    let weights = format!("[{}]", list("0.05", 22));
    format!(
        r#"{{"theta":[0.5,{}],"data":{{"model":{{"parents":[-1,{}],"base_relatives":[{}],"inverse_base_absolutes":[{}],"base_positions":[[0,0,0,1],[1,0,0,1],[0,1,0,1]],"weights":[{}],"triangles":[[0,1,2]],"is_mirrored":false}},"correspondences":[0],"points":[[1.0,1.0,1.0]]}},"us":[[0.25,0.5]]}}"#,
        list("0.5", 25),
        list("0", 21),
        list(one, 22),
        list(one, 22),
        list(&weights, 3),
    )
}
