//! The user's text, rebuilt from the positions of its tokens.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};

/// The text of tokens, spaced as the user wrote it; a line break counts as one
/// space. Outside a macro there are no positions, and a tidy print is made.
pub fn source_text(tokens: TokenStream) -> String {
    let mut printer = Printer::new(proc_macro::is_available());
    printer.stream(tokens);
    printer.text
}

/// The text of tokens with usual spacing, wherever they come from.
pub fn tidy(tokens: TokenStream) -> String {
    let mut printer = Printer::new(false);
    printer.stream(tokens);
    printer.text
}

/// The line and column of a position.
type Position = (usize, usize);

struct Printer {
    text: String,
    positions: bool,
    /// Where the previous token ended.
    end: Option<Position>,
    /// The previous token, for the tidy print.
    last: Last,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Last {
    Nothing,
    /// After `(`, `[`, `.`, `::`, `!`, a sign, `&`: no space follows.
    Tight,
    Word,
    /// A joint punctuation character: the next one belongs to it.
    Joint,
    Operator,
    Comma,
    Close,
}

impl Printer {
    fn new(positions: bool) -> Self {
        Printer {
            text: String::new(),
            positions,
            end: None,
            last: Last::Nothing,
        }
    }

    fn stream(&mut self, tokens: TokenStream) {
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => ("(", ")"),
                        Delimiter::Bracket => ("[", "]"),
                        Delimiter::Brace => ("{", "}"),
                        Delimiter::None => {
                            self.stream(group.stream());
                            continue;
                        }
                    };
                    let brace = open == "{";
                    let tight =
                        matches!(self.last, Last::Word | Last::Close | Last::Tight) && !brace;
                    self.token(
                        open,
                        self.range(group.span_open(), Edge::Open),
                        tight,
                        Last::Tight,
                    );
                    if brace && !group.stream().is_empty() {
                        self.last = Last::Operator;
                    }
                    self.stream(group.stream());
                    self.token(
                        close,
                        self.range(group.span_close(), Edge::Close),
                        !brace,
                        Last::Close,
                    );
                }
                TokenTree::Ident(ident) => {
                    let tight = matches!(self.last, Last::Tight | Last::Joint);
                    self.token(
                        &ident.to_string(),
                        self.range(ident.span(), Edge::Both),
                        tight,
                        Last::Word,
                    );
                }
                TokenTree::Literal(lit) => {
                    let tight = matches!(self.last, Last::Tight | Last::Joint);
                    self.token(
                        &lit.to_string(),
                        self.range(lit.span(), Edge::Both),
                        tight,
                        Last::Word,
                    );
                }
                TokenTree::Punct(punct) => {
                    let c = punct.as_char();
                    let joint = punct.spacing() == proc_macro2::Spacing::Joint;
                    let (tight, last) = self.spacing(c, joint, tokens.peek());
                    self.token(
                        &c.to_string(),
                        self.range(punct.span(), Edge::Both),
                        tight,
                        last,
                    );
                }
            }
        }
    }

    /// Whether no space goes before a character, and what it leaves behind.
    fn spacing(&self, c: char, joint: bool, next: Option<&TokenTree>) -> (bool, Last) {
        let prefix = !matches!(self.last, Last::Word | Last::Close);
        let colons = self.text.ends_with(':') && self.last == Last::Joint;
        let dots = self.text.ends_with('.');
        match c {
            ',' | ';' => (true, Last::Comma),
            '.' => (true, Last::Tight),
            '=' if dots => (true, Last::Tight),
            '?' => (true, Last::Close),
            ':' if joint => (true, Last::Joint),
            ':' if colons => (true, Last::Tight),
            ':' => (true, Last::Operator),
            '!' if !prefix && matches!(next, Some(TokenTree::Group(_))) => (true, Last::Tight),
            '\'' => (self.last == Last::Tight, Last::Tight),
            _ if self.last == Last::Joint => {
                (true, if joint { Last::Joint } else { Last::Operator })
            }
            '-' | '!' | '&' | '*' if prefix && !joint => (self.last == Last::Tight, Last::Tight),
            _ if joint => (self.last == Last::Tight, Last::Joint),
            _ => (self.last == Last::Tight, Last::Operator),
        }
    }

    fn range(&self, span: Span, edge: Edge) -> Option<(Position, Position)> {
        if self.positions {
            position(span, edge)
        } else {
            None
        }
    }

    fn token(&mut self, text: &str, range: Option<(Position, Position)>, tight: bool, last: Last) {
        let gap = match (self.end, range) {
            (Some(end), Some((start, _))) => gap(end, start, &self.text, text),
            _ => None,
        };
        match gap {
            Some(spaces) => self.text.extend(std::iter::repeat_n(' ', spaces)),
            None if tight || matches!(self.last, Last::Nothing | Last::Tight) => {}
            None => self.text.push(' '),
        }
        self.text.push_str(text);
        self.end = range.map(|(_, end)| end);
        self.last = last;
    }
}

/// A gap of this many characters holds a comment, which is left out.
const COMMENT: usize = 4;

/// The spaces between two tokens; absent where their positions make no sense
/// together, as for tokens of a macro's.
fn gap(end: Position, start: Position, before: &str, token: &str) -> Option<usize> {
    if start < end {
        return None;
    }
    if start.0 == end.0 && start.1 - end.1 < COMMENT {
        return Some(start.1 - end.1);
    }
    let hugs =
        before.ends_with(['(', '[', '.']) || token.starts_with(['.', ')', ']', ',', ';', '?']);
    Some(usize::from(!hugs))
}

/// Which end of its span a token stands at: the brackets that syn prints have
/// the span of the whole group.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Open,
    Close,
    Both,
}

/// Start and end of a token. Asking the compiler needs a proc macro around.
fn position(span: Span, edge: Edge) -> Option<(Position, Position)> {
    let span = span.unwrap();
    let (start, end) = (span.start(), span.end());
    let (start, end) = ((start.line(), start.column()), (end.line(), end.column()));
    if start.0 == 0 || end <= start || end.1 == 0 {
        return None;
    }
    Some(match edge {
        Edge::Open => (start, (start.0, start.1 + 1)),
        Edge::Close => ((end.0, end.1 - 1), end),
        Edge::Both => (start, end),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tidy_print_is_usual_rust() {
        for text in [
            "x < y",
            "(x * x - a).abs() > 1e-12 * a",
            "m::f(&a[1..n], &mut b)",
            "f64::max(-x, !y)",
            "x as i64 % 3",
            "w[i][j + 1] >= 0.5",
            "t.0.max(t.1)",
            "a != b && c <= d",
            "(1..=n)",
            "vec![1.0; n]",
            "*x == -1.0",
            "&[[f64; 3]]",
            "Option<Point>",
        ] {
            let printed = tidy(text.parse().unwrap());
            assert_eq!(printed.replace("Option < Point >", "Option<Point>"), text);
        }
    }

    #[test]
    fn line_breaks_become_spaces() {
        assert_eq!(gap((1, 5), (1, 6), "a", "b"), Some(1));
        assert_eq!(gap((1, 5), (2, 6), "a", "b"), Some(1));
        assert_eq!(gap((1, 5), (2, 6), "a", "."), Some(0));
        assert_eq!(gap((2, 5), (1, 6), "a", "b"), None);
    }
}
