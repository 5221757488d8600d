//! Four functions of one variable, two of which are one function.

use std::error::Error;
use std::path::Path;

use ad_runtime::{Field, FieldOptions, conservative_grad};
use plotters::prelude::*;

#[conservative_grad]
fn relu(x: f64) -> f64 {
    x.max(0.0)
}

#[conservative_grad]
fn relu2(x: f64) -> f64 {
    (-x).max(0.0) + x
}

#[conservative_grad]
fn relu3(x: f64) -> f64 {
    0.5 * (relu(x) + relu2(x))
}

#[conservative_grad]
fn zero(x: f64) -> f64 {
    relu2(x) - relu(x)
}

/// One panel: the text of the program, its derivative, and its field at 0.
struct Panel {
    title: &'static str,
    derivative: fn(f64) -> f64,
    field: Field<f64>,
}

fn panels() -> Result<Vec<Panel>, Box<dyn Error>> {
    let options = FieldOptions::default();
    Ok(vec![
        Panel {
            title: "relu(x) = max(x, 0)",
            derivative: |x| relu::grad(x).1,
            field: relu::field(0.0, &options)?,
        },
        Panel {
            title: "relu2(x) = max(-x, 0) + x",
            derivative: |x| relu2::grad(x).1,
            field: relu2::field(0.0, &options)?,
        },
        Panel {
            title: "relu3(x) = (relu(x) + relu2(x)) / 2",
            derivative: |x| relu3::grad(x).1,
            field: relu3::field(0.0, &options)?,
        },
        Panel {
            title: "zero(x) = relu2(x) - relu(x)",
            derivative: |x| zero::grad(x).1,
            field: zero::field(0.0, &options)?,
        },
    ])
}

const LIMITING: RGBColor = RGBColor(0, 110, 90);
const OTHER: RGBColor = RGBColor(150, 150, 150);
const ANSWER: RGBColor = RGBColor(200, 60, 20);

pub fn draw(path: &Path) -> Result<(), Box<dyn Error>> {
    let root = SVGBackend::new(path, (900, 640)).into_drawing_area();
    root.fill(&WHITE)?;
    let (drawings, legend) = root.split_vertically(590);
    let areas = drawings.split_evenly((2, 2));
    for (area, panel) in areas.iter().zip(panels()?) {
        let mut chart = ChartBuilder::on(area)
            .caption(panel.title, ("sans-serif", 18))
            .margin(12)
            .x_label_area_size(28)
            .y_label_area_size(40)
            .build_cartesian_2d(-1.0..1.0, -1.4..1.4)?;
        chart
            .configure_mesh()
            .light_line_style(TRANSPARENT)
            .x_labels(5)
            .y_labels(7)
            .y_desc("derivative")
            .draw()?;
        for side in [-1.0, 1.0] {
            let x = |k: i32| side * f64::from(k) / 50.0;
            let points = (1..=50).map(|k| (x(k), (panel.derivative)(x(k))));
            chart.draw_series(LineSeries::new(points, BLUE.stroke_width(2)))?;
        }
        // The convex hull of the field, then its generators.
        let generators = panel.field.generators();
        let vectors = || generators.iter().map(|g| g.vector);
        let (low, high) = (
            vectors().fold(f64::INFINITY, f64::min),
            vectors().fold(f64::NEG_INFINITY, f64::max),
        );
        let hull = [(0.0, low), (0.0, high)];
        chart.draw_series(LineSeries::new(hull, OTHER.stroke_width(3)))?;
        let limiting: Vec<f64> = panel.field.limiting().map(|g| g.vector).collect();
        for v in vectors() {
            let style = match limiting.contains(&v) {
                true => LIMITING.filled(),
                false => WHITE.filled(),
            };
            chart.draw_series([Circle::new((0.0, v), 6, style)])?;
            let rim = if limiting.contains(&v) {
                LIMITING
            } else {
                OTHER
            };
            chart.draw_series([Circle::new((0.0, v), 6, rim.stroke_width(2))])?;
        }
        let answer = (panel.derivative)(0.0);
        chart.draw_series([Cross::new((0.0, answer), 9, ANSWER.stroke_width(3))])?;
    }
    let text = ("sans-serif", 15).into_font();
    legend.draw(&Circle::new((40, 22), 6, LIMITING.filled()))?;
    legend.draw(&Text::new("limiting gradient", (54, 14), text.clone()))?;
    legend.draw(&Circle::new((230, 22), 6, OTHER.stroke_width(2)))?;
    legend.draw(&Text::new(
        "another generator of the field",
        (244, 14),
        text.clone(),
    ))?;
    legend.draw(&Cross::new((500, 22), 9, ANSWER.stroke_width(3)))?;
    legend.draw(&Text::new("what grad answers at 0", (516, 14), text))?;
    root.present()?;
    Ok(())
}
