//! From JSON to the arrays of the evals, with messages that name the field at fault.

use serde::Deserialize;

/// The most numbers that an input may ask for without sending them.
pub const MOST: usize = 100_000_000;

/// `text` as a `T`; the error names the path to the field.
pub fn decode<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, String> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let value =
        serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
            match error.path().to_string().as_str() {
                "." | "?" => error.inner().to_string(),
                path => format!("`{path}`: {}", error.inner()),
            }
        })?;
    deserializer.end().map_err(|error| error.to_string())?;
    Ok(value)
}

/// `rows` of `width` numbers each, one after the other.
pub fn flatten(
    field: &str,
    rows: &[Vec<f64>],
    count: usize,
    width: usize,
) -> Result<Vec<f64>, String> {
    length(field, rows.len(), count)?;
    for (i, row) in rows.iter().enumerate() {
        length(&format!("{field}[{i}]"), row.len(), width)?;
    }
    Ok(rows.concat())
}

/// Whether `field` has the length that others give it.
pub fn length(field: &str, found: usize, expected: usize) -> Result<(), String> {
    if found != expected {
        return Err(format!(
            "`{field}`: {expected} elements expected, {found} found"
        ));
    }
    Ok(())
}

/// Whether a size is one that can be computed with.
pub fn size(field: &str, found: usize, least: usize, most: usize) -> Result<(), String> {
    if !(least..=most).contains(&found) {
        return Err(format!(
            "`{field}`: expected between {least} and {most}, found {found}"
        ));
    }
    Ok(())
}

/// The text with `null` for each `NaN` and `Infinity` outside strings.
pub fn without_special_floats(text: &str) -> String {
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    let (mut quoted, mut escaped) = (false, false);
    while let Some(c) = rest.chars().next() {
        let special = ["NaN", "-Infinity", "Infinity"]
            .into_iter()
            .find(|name| !quoted && rest.starts_with(name));
        if let Some(name) = special {
            result.push_str("null");
            rest = &rest[name.len()..];
            continue;
        }
        quoted ^= c == '"' && !escaped;
        escaped = quoted && c == '\\' && !escaped;
        result.push(c);
        rest = &rest[c.len_utf8()..];
    }
    result
}
