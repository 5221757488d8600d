//! `cargo run -p random -- --seed S --count N [--family F] [--keep] [--no-shrink]` hunts for wrong derivatives;
//! with `FILE.rs ..`, judges the programs in files.

use std::process::ExitCode;

use random::generate::Family;
use random::hunt::{Options, files, hunt};

fn main() -> ExitCode {
    let mut options = Options {
        label: "hunt".into(),
        seed: 0,
        count: 24,
        keep: false,
        shrink: true,
        family: None,
    };
    let mut paths = Vec::new();
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let number = |text: Option<String>| text.and_then(|n| n.parse().ok());
        let mut understood = true;
        match argument.as_str() {
            "--seed" => understood = number(arguments.next()).map(|n| options.seed = n).is_some(),
            "--count" => {
                understood = number(arguments.next())
                    .map(|n| options.count = n)
                    .is_some()
            }
            "--label" => understood = arguments.next().map(|l| options.label = l).is_some(),
            "--family" => {
                options.family = arguments.next().and_then(|name| Family::named(&name));
                understood = options.family.is_some();
            }
            "--keep" => options.keep = true,
            "--no-shrink" => options.shrink = false,
            path if path.ends_with(".rs") => paths.push(argument),
            _ => understood = false,
        }
        if !understood {
            eprintln!(
                "random [--seed S] [--count N] [--keep] [--no-shrink] [--label L] [--family structs|enums|options|closures|pipelines|vectors] [FILE.rs ..]"
            );
            return ExitCode::from(2);
        }
    }
    let failed = if paths.is_empty() {
        hunt(&options)
    } else {
        files(&paths, &options)
    };
    match failed {
        Ok(0) => ExitCode::SUCCESS,
        Ok(failures) => {
            println!("{failures} programs failed");
            ExitCode::FAILURE
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
