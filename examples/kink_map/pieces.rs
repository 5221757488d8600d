//! A function of two variables, coloured by the pieces that are executed.

use std::collections::BTreeMap;
use std::error::Error;
use std::path::Path;

use ad_runtime::{FieldOptions, Limiting, conservative_grad};
use plotters::coord::Shift;
use plotters::prelude::*;

/// Kinks, one of them in a roundabout way to write `x`, and a branch whose sides do not agree.
#[conservative_grad]
fn terrain(x: f64, y: f64) -> f64 {
    let ridge = (x.abs() - y).max(0.0);
    let slope = 0.5 * (x + y - 1.0).abs();
    let step = if x + 2.0 * y < -1.5 { 0.3 } else { 0.0 };
    let drift = 0.25 * (x.max(0.0) - (-x).max(0.0));
    ridge + slope + drift + step
}

const POINTS: [(f64, f64); 5] = [
    (0.0, 0.0),
    (0.5, 0.5),
    (0.0, 1.0),
    (-0.8, 0.4),
    (0.25, -0.875),
];
const COLOURS: [RGBColor; 8] = [
    RGBColor(222, 235, 247),
    RGBColor(254, 230, 206),
    RGBColor(229, 245, 224),
    RGBColor(239, 237, 245),
    RGBColor(255, 247, 188),
    RGBColor(217, 217, 217),
    RGBColor(253, 224, 221),
    RGBColor(204, 235, 197),
];
const LIMITING: RGBColor = RGBColor(0, 110, 90);
const OTHER: RGBColor = RGBColor(190, 90, 20);
const CELLS: i32 = 120;

pub fn draw(path: &Path) -> Result<(), Box<dyn Error>> {
    let root = SVGBackend::new(path, (1180, 860)).into_drawing_area();
    root.fill(&WHITE)?;
    let (map, text) = root.split_horizontally(660);
    draw_map(&map)?;
    draw_certificates(&text)?;
    root.present()?;
    Ok(())
}

/// The pieces of a run.
fn pieces(x: f64, y: f64) -> Vec<u32> {
    let (_, trace) = terrain::trace(x, y);
    trace.selections().iter().map(|s| s.piece).collect()
}

fn draw_map(area: &DrawingArea<SVGBackend<'_>, Shift>) -> Result<(), Box<dyn Error>> {
    let mut chart = ChartBuilder::on(area)
        .caption("terrain(x, y) by executed piece", ("sans-serif", 18))
        .margin(12)
        .x_label_area_size(28)
        .y_label_area_size(36)
        .build_cartesian_2d(-1.2..1.2, -1.2..1.2)?;
    chart.configure_mesh().disable_mesh().draw()?;
    let at = |k: i32| -1.2 + 2.4 * f64::from(k) / f64::from(CELLS);
    let middle = |k: i32| (at(k) + at(k + 1)) / 2.0;
    let mut colours: BTreeMap<Vec<u32>, usize> = BTreeMap::new();
    for i in 0..CELLS {
        for j in 0..CELLS {
            let own = pieces(middle(i), middle(j));
            let next = colours.len();
            let colour = *colours.entry(own.clone()).or_insert(next) % COLOURS.len();
            let corners = [(at(i), at(j)), (at(i + 1), at(j + 1))];
            chart.draw_series([Rectangle::new(corners, COLOURS[colour].filled())])?;
            // Ties lie between cells of different pieces.
            let right = (i + 1 < CELLS && pieces(middle(i + 1), middle(j)) != own)
                .then(|| [(at(i + 1), at(j)), (at(i + 1), at(j + 1))]);
            let above = (j + 1 < CELLS && pieces(middle(i), middle(j + 1)) != own)
                .then(|| [(at(i), at(j + 1)), (at(i + 1), at(j + 1))]);
            for line in right.into_iter().chain(above) {
                chart.draw_series(LineSeries::new(line, BLACK.stroke_width(1)))?;
            }
        }
    }
    for (k, (x, y)) in POINTS.into_iter().enumerate() {
        let field = terrain::field(x, y, &FieldOptions::default())?;
        for g in field.generators() {
            let (dx, dy) = g.vector;
            let tip = (x + 0.16 * dx, y + 0.16 * dy);
            let colour = match g.limiting {
                Limiting::Yes => LIMITING,
                _ => OTHER,
            };
            for line in arrow((x, y), tip) {
                chart.draw_series(LineSeries::new(line, colour.stroke_width(2)))?;
            }
        }
        chart.draw_series([Circle::new((x, y), 4, BLACK.filled())])?;
        let label = format!("{}", k + 1);
        chart.draw_series([Text::new(label, (x - 0.09, y - 0.02), ("sans-serif", 18))])?;
    }
    Ok(())
}

/// A line with a head.
fn arrow(from: (f64, f64), to: (f64, f64)) -> [Vec<(f64, f64)>; 2] {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = dx.hypot(dy);
    if length == 0.0 {
        return [vec![from], vec![from]];
    }
    let (ux, uy) = (0.05 * dx / length, 0.05 * dy / length);
    let left = (to.0 - ux - 0.5 * uy, to.1 - uy + 0.5 * ux);
    let right = (to.0 - ux + 0.5 * uy, to.1 - uy - 0.5 * ux);
    [vec![from, to], vec![left, to, right]]
}

fn draw_certificates(area: &DrawingArea<SVGBackend<'_>, Shift>) -> Result<(), Box<dyn Error>> {
    let plain = ("sans-serif", 12).into_font();
    let bold = ("sans-serif", 14).into_font().style(FontStyle::Bold);
    area.draw(&Text::new(
        "arrows: generators of the field",
        (8, 14),
        bold.clone(),
    ))?;
    area.draw(&Rectangle::new([(8, 36), (22, 46)], LIMITING.filled()))?;
    area.draw(&Text::new("limiting", (28, 35), plain.clone()))?;
    area.draw(&Rectangle::new([(98, 36), (112, 46)], OTHER.filled()))?;
    area.draw(&Text::new(
        "not limiting, or undecided",
        (118, 35),
        plain.clone(),
    ))?;
    let mut y = 66;
    for (k, (px, py)) in POINTS.into_iter().enumerate() {
        let certificate = terrain::certify(px, py).to_string();
        println!("{}: terrain({px}, {py}) is {certificate}\n", k + 1);
        let title = format!("{}: ({px}, {py})", k + 1);
        area.draw(&Text::new(title, (8, y), bold.clone()))?;
        y += 18;
        for line in certificate.lines() {
            // The folder of the file tells nothing here.
            let line = line.replace("examples/kink_map/", "");
            area.draw(&Text::new(line, (16, y), plain.clone()))?;
            y += 15;
        }
        y += 10;
    }
    Ok(())
}
