//! Dependencies between the modules go one way, as `ARCHITECTURE.md` says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Each module and those it may use. A module may also use itself, and `syntax`
/// is the signature and options that the user wrote: facts for every layer.
const MAY_USE: &[(&str, &[&str])] = &[
    ("diag", &[]),
    ("rules", &["ir"]),
    ("ir", &["rules"]),
    ("ir/lower", &["diag", "ir", "rules", "syntax"]),
    ("syntax", &["diag", "ir", "rules"]),
    ("analysis", &["diag", "ir", "rules", "syntax"]),
    ("transform", &["analysis", "ir", "rules", "syntax"]),
    ("emit", &["analysis", "ir", "rules", "syntax"]),
    ("derive", &["diag", "emit", "ir", "syntax"]),
    (
        "expand",
        &[
            "analysis",
            "blocks",
            "derive",
            "diag",
            "emit",
            "ir",
            "ir/lower",
            "syntax",
            "traits",
            "transform",
        ],
    ),
    (
        "blocks",
        &[
            "diag",
            "expand",
            "indexing",
            "operators",
            "syntax",
            "traits",
        ],
    ),
    ("indexing", &["diag", "emit", "syntax"]),
    ("traits", &["diag", "emit", "expand", "syntax"]),
    ("operators", &["diag", "expand", "syntax"]),
    ("integers", &["emit", "rules"]),
    ("floats", &["diag", "emit", "expand", "rules", "syntax"]),
    ("lib", &["derive", "expand", "integers", "floats"]),
];

fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// The entry of [`MAY_USE`] that a path of modules belongs to.
fn module(path: &str) -> Option<&'static str> {
    let inside = |name: &str| path == name || path.starts_with(&format!("{name}/"));
    let found = MAY_USE
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| inside(name));
    found.max_by_key(|name| name.len())
}

/// What a file names by `crate::`; tests may look at everything.
fn used(text: &str) -> BTreeSet<&'static str> {
    let program = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code = program
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code: String = code.collect::<Vec<_>>().join("\n");
    let mut used = BTreeSet::new();
    for path in code.split("crate::").skip(1) {
        let end = path.find(|c: char| !c.is_alphanumeric() && !"_:".contains(c));
        let path = path[..end.unwrap_or(path.len())].replace("::", "/");
        // The way into the IR is a layer of its own, which `use crate::ir::{..}`
        // may name in its braces.
        if path == "ir/" && code.contains("lower,") {
            used.insert("ir/lower");
        }
        // What else follows `crate::` stands in a text for the user.
        used.extend(module(path.trim_end_matches('/')));
    }
    used
}

#[test]
fn dependencies_go_one_way() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut faults = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap().with_extension("");
        let name = name.to_string_lossy().replace('\\', "/");
        if name.contains("test")
            || ["layers", "expand_goldens", "transform/stages"].contains(&&*name)
        {
            continue;
        }
        let own = module(&name).unwrap_or_else(|| panic!("{name} is in no layer"));
        let (_, may) = MAY_USE.iter().find(|(module, _)| *module == own).unwrap();
        for other in used(&std::fs::read_to_string(&file).unwrap()) {
            if other != own && !may.contains(&other) {
                faults.push(format!("{name} uses {other}"));
            }
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
}
