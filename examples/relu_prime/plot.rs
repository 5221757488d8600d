//! The shares as a picture.

use std::error::Error;
use std::path::Path;

use plotters::coord::Shift;
use plotters::prelude::*;

use crate::Row;

const NAMES: [&str; 2] = ["f32", "f64"];
const COLOURS: [RGBColor; 2] = [RGBColor(200, 60, 40), RGBColor(40, 90, 180)];

/// A panel each for depth, width and batch size.
pub fn draw(path: &Path, rows: &[Row]) -> Result<(), Box<dyn Error>> {
    let root = SVGBackend::new(path, (960, 360)).into_drawing_area();
    root.fill(&WHITE)?;
    let root = root.titled(
        "draws in which the gradients with relu'(0) = 0 and = 1 differ",
        ("sans-serif", 18),
    )?;
    let top = rows.iter().flat_map(|row| row.shares).fold(0.0, f64::max);
    let top = (100.0 * top * 1.15).max(1.0);
    for (panel, varied) in root
        .split_evenly((1, 3))
        .iter()
        .zip(["depth", "width", "batch"])
    {
        let size = |row: &Row| match varied {
            "depth" => row.shape.depth,
            "width" => row.shape.width,
            _ => row.shape.batch,
        };
        let mut points: Vec<(usize, [f64; 2])> = rows
            .iter()
            .filter(|row| [varied, "all"].contains(&row.varied))
            .map(|row| (size(row), row.shares))
            .collect();
        points.sort_by_key(|(size, _)| *size);
        draw_panel(panel, varied, &points, top)?;
    }
    root.present()?;
    Ok(())
}

fn draw_panel(
    panel: &DrawingArea<SVGBackend<'_>, Shift>,
    varied: &str,
    points: &[(usize, [f64; 2])],
    top: f64,
) -> Result<(), Box<dyn Error>> {
    // Sizes double: one place each.
    let last = points.len() as f64 - 0.5;
    let mut chart = ChartBuilder::on(panel)
        .margin(12)
        .x_label_area_size(40)
        .y_label_area_size(46)
        .build_cartesian_2d(-0.5..last, 0.0..top)?;
    let label = |x: &f64| {
        let at = points.get(x.round() as usize);
        match (x - x.round()).abs() < 0.1 && *x >= 0.0 {
            true => at.map_or_else(String::new, |(size, _)| size.to_string()),
            false => String::new(),
        }
    };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .x_labels(points.len() + 2)
        .x_label_formatter(&label)
        .x_desc(varied)
        .y_desc("% of draws")
        .draw()?;
    for (k, (name, colour)) in NAMES.iter().zip(COLOURS).enumerate() {
        let shares = points.iter().enumerate();
        let shares: Vec<(f64, f64)> = shares.map(|(x, (_, s))| (x as f64, 100.0 * s[k])).collect();
        chart
            .draw_series(LineSeries::new(shares.clone(), colour.stroke_width(2)))?
            .label(*name)
            .legend(move |(x, y)| PathElement::new([(x, y), (x + 18, y)], colour.stroke_width(2)));
        chart.draw_series(shares.iter().map(|p| Circle::new(*p, 3, colour.filled())))?;
    }
    chart
        .configure_series_labels()
        .border_style(BLACK.mix(0.3))
        .background_style(WHITE.mix(0.8))
        .position(SeriesLabelPosition::UpperLeft)
        .draw()?;
    Ok(())
}
