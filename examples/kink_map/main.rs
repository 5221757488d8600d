//! Draws what gradients mean at kinks: `cargo run --release --example kink_map` writes pictures
//! (SVG) into `target/kink_map/`.
//!
//! * `spellings.svg`: the derivative of three spellings of relu and of the zero function near 0,
//!   with what AD answers at the kink, and with the field that it is an element of.
//! * `pieces.svg`: a function of two variables by its executed pieces, with the generators of the
//!   field at a few points, and their certificates.

mod pieces;
mod spellings;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = Path::new("target/kink_map");
    std::fs::create_dir_all(folder)?;
    let spellings = folder.join("spellings.svg");
    spellings::draw(&spellings)?;
    println!("wrote {}", spellings.display());
    let pieces = folder.join("pieces.svg");
    pieces::draw(&pieces)?;
    println!("wrote {}", pieces.display());
    Ok(())
}
