//! Writes programs as Rust text, which the tests compile with their derivatives.

#[path = "src/program.rs"]
mod program;
#[path = "src/source.rs"]
mod source;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs};

/// The programs of the machine have other seeds.
const FIRST: u64 = 1_000_000;
/// Optimised ones take long to compile.
const PROGRAMS: [u64; 2] = [300, 50];

fn main() {
    println!("cargo::rerun-if-changed=src");
    let mut text = String::from(source::HELPERS);
    let mut list = String::new();
    let is_release = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    let programs = PROGRAMS[usize::from(is_release)];
    for k in 0..programs {
        let (name, seed) = (format!("p{k}"), FIRST + k);
        let program = program::program(seed, 6, true);
        text += &source::function(&name, &program, seed);
        let _ = writeln!(list, "({:?}, compiled!({name})),", program.floats());
    }
    let _ = writeln!(
        text,
        "/// The programs, and where they tie.\n\
         pub fn all() -> Vec<(Vec<f64>, Compiled)> {{\n\
         let all: [(&[f64], Compiled); {programs}] = [{}];\n\
         all.into_iter().map(|(point, program)| (point.to_vec(), program)).collect()\n}}",
        list.replace("([", "(&[")
    );
    let directory = env::var("OUT_DIR").expect("cargo says where");
    fs::write(Path::new(&directory).join("programs.rs"), text).expect("the directory is there");
}
