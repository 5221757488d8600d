//! The protocol: what a message asks for and what is answered.

use std::borrow::Cow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::decode::{self, without_special_floats};
use crate::evals;
use crate::timing::{Answer, Timing};

#[derive(Deserialize)]
struct Message<'a> {
    #[serde(borrow)]
    id: &'a RawValue,
    kind: String,
    module: Option<String>,
    function: Option<String>,
    #[serde(borrow)]
    input: Option<&'a RawValue>,
}

#[derive(Serialize)]
struct Response<'a> {
    id: &'a RawValue,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    success: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<Box<RawValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    timings: Option<Vec<Timing>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

/// The answer to one line, itself one line of JSON.
pub fn answer(line: &[u8]) -> String {
    let text = String::from_utf8_lossy(line);
    // Python writes numbers that JSON does not have. They make the message a fault of the
    // field where they stand, not of the whole line.
    let (text, message) = match decode::decode::<Message>(&text) {
        Ok(_) => (text, Ok(())),
        Err(first) => {
            let text: Cow<str> = Cow::Owned(without_special_floats(&text));
            let second = decode::decode::<Message>(&text).map(|_| ());
            (text, second.map_err(|_| first))
        }
    };
    let Err(error) = message else {
        // It has been decoded above; only the text's owner has changed.
        return match decode::decode::<Message>(&text) {
            Ok(message) => write(&respond(&message)),
            Err(error) => write(&refused(id_of(&text), error)),
        };
    };
    write(&refused(
        id_of(&text),
        format!("malformed message: {error}"),
    ))
}

fn respond<'a>(message: &Message<'a>) -> Response<'a> {
    let id = message.id;
    match message.kind.as_str() {
        "start" => Response {
            tool: Some("conservative-grad"),
            ..plain(id)
        },
        "define" => match required("module", &message.module).and_then(evals::define) {
            Ok(()) => Response {
                success: Some(true),
                ..plain(id)
            },
            Err(error) => refused(id, error),
        },
        "evaluate" => match evaluate(message) {
            Ok(answer) => Response {
                success: Some(true),
                output: Some(answer.output),
                timings: Some(answer.timings),
                ..plain(id)
            },
            Err(error) => refused(id, error),
        },
        _ => plain(id),
    }
}

fn evaluate(message: &Message) -> Result<Answer, String> {
    let module = required("module", &message.module)?;
    let function = required("function", &message.function)?;
    let input = required("input", &message.input)?.get();
    // What the checks of an eval overlook must not end the process.
    catch_unwind(AssertUnwindSafe(|| {
        evals::evaluate(module, function, input)
    }))
    .unwrap_or_else(|panic| {
        let text = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        Err(format!("panic: {}", text.unwrap_or("without a message")))
    })
}

fn required<'a, T>(field: &str, value: &'a Option<T>) -> Result<&'a T, String> {
    value.as_ref().ok_or(format!("missing field `{field}`"))
}

fn plain(id: &RawValue) -> Response<'_> {
    Response {
        id,
        tool: None,
        success: None,
        output: None,
        timings: None,
        error: None,
    }
}

fn refused(id: &RawValue, error: String) -> Response<'_> {
    Response {
        success: Some(false),
        error: Some(error),
        ..plain(id)
    }
}

fn write(response: &Response) -> String {
    serde_json::to_string(response).unwrap_or_else(|error| {
        format!(r#"{{"id":null,"success":false,"error":"the answer cannot be written: {error}"}}"#)
    })
}

/// The number after `"id":` in a message that is not JSON, so that its answer can be matched.
fn id_of(text: &str) -> &RawValue {
    let number = text.split_once("\"id\"").and_then(|(_, rest)| {
        let rest = rest.trim_start().strip_prefix(':')?.trim_start();
        let end = rest.find(|c: char| !c.is_ascii_digit());
        serde_json::from_str(&rest[..end.unwrap_or(rest.len())]).ok()
    });
    number.unwrap_or(RawValue::NULL)
}
