//! Reads one message on each line of standard input and answers it on standard output.

use std::io::{BufRead, Write};

use gradbench_tool::message;

fn main() -> std::io::Result<()> {
    // The faults of an eval are part of its answer; the process says them nowhere else.
    std::panic::set_hook(Box::new(|_| {}));
    let mut answers = std::io::stdout().lock();
    for line in std::io::stdin().lock().split(b'\n') {
        let line = line?;
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        answers.write_all(message::answer(&line).as_bytes())?;
        answers.write_all(b"\n")?;
        answers.flush()?;
    }
    Ok(())
}
