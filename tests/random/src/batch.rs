//! A batch of programs: written into a scratch crate, compiled once, run one process each.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, io, thread};

const HEADER: &str = "use ad_runtime::conservative_grad;\nuse twin::{program, twin};\n\n";
/// What a program says about the tangents of its types: nothing where there is no derivative.
const SHAPED: [&str; 2] = [
    "macro_rules! shaped { ($($items:item)*) => { $($items)* } }\n",
    "macro_rules! shaped { ($($items:item)*) => {} }\n",
];
/// Programs run in milliseconds; a reduction may have lost the end of a loop.
const PATIENCE: Duration = Duration::from_secs(10);

/// What became of one program.
#[derive(Clone, Debug)]
pub enum Outcome {
    Passed,
    /// The program cannot be judged: it panics, meets a tie, or differences do not settle.
    Discarded(String),
    Failed(Failure),
}

#[derive(Clone, Debug)]
pub struct Failure {
    /// Which check failed, without names and numbers: what shrinking keeps.
    pub class: String,
    pub message: String,
}

/// How far a program is judged.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Depth {
    /// Whether it compiles.
    Check,
    Run,
}

/// Two crates in one directory: one with the derivatives, one only with the twins.
pub struct Scratch {
    directory: PathBuf,
    root: PathBuf,
}

impl Scratch {
    /// `label` separates runs that may happen at the same time.
    ///
    /// # Errors
    /// If the scratch directory cannot be written.
    pub fn new(label: &str) -> io::Result<Self> {
        let executable = env::current_exe()?;
        let target = executable
            .ancestors()
            .find(|a| a.join("CACHEDIR.TAG").exists());
        let target = target.ok_or_else(|| io::Error::other("not inside a target directory"))?;
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("../..")
            .canonicalize()?;
        let scratch = Scratch {
            directory: target.join("random").join(label),
            root,
        };
        for krate in ["real", "stub"] {
            let directory = scratch.directory.join(krate);
            fs::create_dir_all(directory.join("src"))?;
            fs::write(directory.join("Cargo.toml"), scratch.manifest(krate))?;
            // The versions of the workspace: the build is offline.
            let lock = scratch.root.join("Cargo.lock");
            if lock.exists() {
                fs::copy(lock, directory.join("Cargo.lock"))?;
            }
        }
        Ok(scratch)
    }

    /// Removes the programs; what cargo built stays for the next run.
    ///
    /// # Errors
    /// If a directory cannot be removed.
    pub fn remove(self) -> io::Result<()> {
        ["real", "stub"]
            .iter()
            .try_for_each(|krate| fs::remove_dir_all(self.directory.join(krate)))
    }

    fn manifest(&self, krate: &str) -> String {
        let root = self.root.display();
        let runtime = match krate {
            "real" => format!("[dependencies]\nad-runtime = {{ path = \"{root}/ad-runtime\" }}\n"),
            _ => "[dependencies]\n".into(),
        };
        format!(
            "[package]\nname = \"{krate}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n[workspace]\n{runtime}\
             twin = {{ path = \"{root}/tests/twin\" }}\n\
             [profile.dev]\ndebug = false\nincremental = false\n"
        )
    }

    /// The errors of the programs that do not compile even without the derivative.
    ///
    /// # Errors
    /// If the scratch crate cannot be written or cargo not be run.
    pub fn unsound(&self, programs: &[String]) -> io::Result<BTreeMap<usize, String>> {
        let mut faults = BTreeMap::new();
        self.compile("stub", programs, "check", &mut faults)?;
        Ok(faults)
    }

    /// What becomes of each program, all of which compile without the derivative.
    ///
    /// # Errors
    /// If the scratch crate cannot be written, built or run.
    pub fn judge(&self, programs: &[String], depth: Depth) -> io::Result<Vec<Outcome>> {
        let mut faults = BTreeMap::new();
        let command = if depth == Depth::Run {
            "build"
        } else {
            "check"
        };
        self.compile("real", programs, command, &mut faults)?;
        let executable = self.directory.join("build/debug/real");
        let judged = (0..programs.len()).map(|k| match faults.remove(&k) {
            Some(message) => Ok(Outcome::Failed(Failure {
                class: compile_class(&message),
                message,
            })),
            None if depth == Depth::Run => run(&executable, k),
            None => Ok(Outcome::Passed),
        });
        judged.collect()
    }

    /// Compiles again without what did not compile, until the rest does.
    fn compile(
        &self,
        krate: &str,
        programs: &[String],
        command: &str,
        faults: &mut BTreeMap<usize, String>,
    ) -> io::Result<()> {
        let directory = self.directory.join(krate);
        let root_file = if krate == "stub" { "lib.rs" } else { "main.rs" };
        for (k, text) in programs.iter().enumerate() {
            let shaped = SHAPED[usize::from(krate == "stub")];
            let text = format!("{HEADER}{shaped}{text}");
            let text = if krate == "stub" {
                without_derivative(&text)
            } else {
                text
            };
            fs::write(directory.join(format!("src/p{k}.rs")), text)?;
        }
        loop {
            let kept: Vec<usize> = (0..programs.len())
                .filter(|k| !faults.contains_key(k))
                .collect();
            fs::write(
                directory.join("src").join(root_file),
                self.main(krate, &kept),
            )?;
            let output = self.cargo(&directory, command)?;
            if output.status.success() {
                return Ok(());
            }
            let errors = String::from_utf8_lossy(&output.stderr).into_owned();
            let found = attribute(&errors);
            if found.is_empty() || found.keys().all(|k| faults.contains_key(k)) {
                return Err(io::Error::other(format!(
                    "the scratch crate does not build:\n{errors}"
                )));
            }
            for (k, message) in found {
                faults.entry(k).or_insert(message);
            }
        }
    }

    fn main(&self, krate: &str, kept: &[usize]) -> String {
        let root = self.root.display();
        let mut text =
            format!("#![allow(warnings)]\n#[path = \"{root}/tests/common/dual.rs\"]\nmod dual;\n");
        let mut arms = String::new();
        for k in kept {
            let _ = writeln!(text, "mod p{k};");
            let _ = writeln!(arms, "\"{k}\" => judge(&p{k}::generated_program),");
        }
        let modules: &[&str] = if krate == "stub" {
            &["pack"]
        } else {
            &["harness", "pack"]
        };
        for module in modules {
            let _ = writeln!(
                text,
                "#[path = \"{root}/tests/corpus/{module}.rs\"]\nmod {module};"
            );
        }
        if krate == "stub" {
            return text;
        }
        text + &include_str!("judge.txt").replace("//ARMS", &arms)
    }

    fn cargo(&self, directory: &Path, command: &str) -> io::Result<Output> {
        Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args([command, "--offline", "--quiet", "--color", "never"])
            .current_dir(directory)
            .env("CARGO_TARGET_DIR", self.directory.join("build"))
            .output()
    }
}

/// The program as plain Rust with dual twins.
fn without_derivative(text: &str) -> String {
    let mut plain = String::new();
    // Attributes with many arguments stand on several lines.
    let mut inside = false;
    for line in text.lines() {
        let start = line.trim_start();
        let program = start.starts_with("#[program(");
        if program {
            plain += "#[twin]\n";
        }
        if program || inside || start.starts_with("#[conservative_grad") {
            inside = if inside {
                start != ")]"
            } else {
                !line.ends_with(']')
            };
        } else if !start.starts_with("use ad_runtime") {
            plain += line;
            plain += "\n";
        }
    }
    plain
        .replace("ad_runtime::constant", "std::convert::identity")
        .replace(", Differentiable)]", ")]")
}

/// The first error of each file `src/p<k>.rs`.
fn attribute(errors: &str) -> BTreeMap<usize, String> {
    let mut found = BTreeMap::new();
    for block in errors
        .split("\n\n")
        .filter(|block| block.starts_with("error"))
    {
        let place = block
            .lines()
            .find_map(|line| line.trim_start().strip_prefix("--> src/p"));
        let number = place
            .and_then(|rest| rest.split('.').next())
            .and_then(|k| k.parse().ok());
        if let Some(k) = number {
            found.entry(k).or_insert_with(|| block.to_string());
        }
    }
    found
}

/// What an error says, without the program's own names and numbers.
fn compile_class(message: &str) -> String {
    let telling = |line: &&str| line.contains("= help: message:") || line.contains(" expected `");
    let detail = message.lines().find(telling).unwrap_or_default();
    let first = message.lines().next().unwrap_or_default();
    let unquoted: Vec<&str> = first.split('`').step_by(2).collect();
    let detail = detail.trim_start_matches(|c: char| " 0123456789|^-".contains(c));
    let class = format!("{} {detail}", unquoted.join("_"));
    // Lengths and names of variables are numbers here; so are error codes, whose texts differ.
    class.chars().filter(|c| !c.is_ascii_digit()).collect()
}

fn run(executable: &Path, k: usize) -> io::Result<Outcome> {
    let mut child = Command::new(executable)
        .arg(k.to_string())
        .stdout(Stdio::piped())
        .spawn()?;
    let start = Instant::now();
    while child.try_wait()?.is_none() {
        if start.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            return Ok(Outcome::Discarded("does not end".into()));
        }
        thread::sleep(Duration::from_millis(2));
    }
    let output = child.wait_with_output()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(match text.split_once('\n') {
        Some(("passed", _)) => Outcome::Passed,
        Some(("discarded", reason)) => Outcome::Discarded(reason.trim().into()),
        Some(("failed", message)) => Outcome::Failed(Failure {
            class: run_class(message),
            message: message.trim().into(),
        }),
        _ => Outcome::Failed(Failure {
            class: "crash".into(),
            message: format!("{}: {text}", output.status),
        }),
    })
}

/// Harness messages begin with the program's name; others are panics of generated code.
fn run_class(message: &str) -> String {
    let Some((_, after)) = message.split_once("generated: ") else {
        return "panic".into();
    };
    after
        .split([' ', ':', ','])
        .next()
        .unwrap_or_default()
        .to_string()
}
